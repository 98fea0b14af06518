/** What the step leaves behind. */
export interface HandoverSettings {
  /** Keys as environment variables. */
  readonly environment: boolean;
  /** Keys as step outputs. */
  readonly outputs: boolean;
  readonly profile?: string;
  readonly overwritesProfile: boolean;
  readonly refresh: boolean;
}
