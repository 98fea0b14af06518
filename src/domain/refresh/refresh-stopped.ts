/** A renewal that cannot give credentials, and what to do about it. */
export class RefreshStopped extends Error {
  readonly fix: string;

  constructor(message: string, fix: string) {
    super(message);
    this.name = 'RefreshStopped';
    this.fix = fix;
  }
}
