/** What the step exports. */
export interface HandoverSettings {
  /** Whether to export keys as environment variables. */
  readonly environment: boolean;
  /** Whether the workflow sets `output-env-credentials: true`; the default of `environment` can be true without it. */
  readonly environmentAsked: boolean;
  /** Whether to export the Region alone, because later steps find the identity on the machine, which renews it. */
  readonly identityOnly?: boolean;
  /** Whether to set keys as step outputs. */
  readonly outputs: boolean;
  /** The profile to write; with several targets, the one that becomes the current profile. */
  readonly profile?: string;
  readonly overwritesProfile: boolean;
  readonly refresh: boolean;
}
