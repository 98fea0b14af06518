/** The error of a renewal that cannot continue, with its fix. */
export class RefreshStopped extends Error {
  readonly fix: string;

  constructor(message: string, fix: string) {
    super(message);
    this.name = 'RefreshStopped';
    this.fix = fix;
  }
}
