/** What the step exports. */
export interface HandoverSettings {
  /** Keys as environment variables. */
  readonly environment: boolean;
  /** Whether `output-env-credentials: true` is given explicitly. */
  readonly environmentAsked: boolean;
  /** Verify only an identity that the machine renews itself, and export only its Region. */
  readonly identityOnly?: boolean;
  /** Keys as step outputs. */
  readonly outputs: boolean;
  readonly profile?: string;
  readonly overwritesProfile: boolean;
  readonly refresh: boolean;
}
