/** What the step leaves behind. */
export interface HandoverSettings {
  /** Keys as environment variables. */
  readonly environment: boolean;
  /** Whether somebody wrote `output-env-credentials: true`, rather than leaving it to the step. */
  readonly environmentAsked: boolean;
  /** An identity that the machine renews by itself is only proven: nothing but its Region is exported. */
  readonly provesOnly?: boolean;
  /** Keys as step outputs. */
  readonly outputs: boolean;
  readonly profile?: string;
  readonly overwritesProfile: boolean;
  readonly refresh: boolean;
}
