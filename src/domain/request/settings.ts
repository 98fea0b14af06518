import type { RetryRules } from '../calls/retry-rules.js';
import type { HandoverSettings } from '../handover/handover-settings.js';
import type { ProxySettings } from '../proxy/proxy.js';

/** Settings for the log, the job summary and masks. */
export interface LogSettings {
  readonly masksAccountIds: boolean;
  readonly writesSummary: boolean;
}

/** The inputs that name the roles or targets; at most one may be given. */
export const destinations = ['role-to-assume', 'role-chain', 'targets'] as const;

/** Everything in a request that is not about hops. */
export interface Settings extends LogSettings {
  /** The Region of the input or a variable; undefined if neither is set. */
  readonly region?: string;
  /** The input or variable that names `region`. Only the input takes precedence over an inventory's defaults. */
  readonly regionSource: 'aws-region' | 'AWS_REGION' | 'AWS_DEFAULT_REGION';
  readonly endpoint?: string;
  /** Whether the endpoint is a non-AWS STS. */
  readonly isOtherService: boolean;
  readonly proxy: ProxySettings;
  /** Maximum seconds of the whole step; undefined for no limit. */
  readonly deadlineSeconds?: number;
  readonly retry: RetryRules;
  /** Whether to repeat a hop until the secret access key has only letters and digits. */
  readonly alphanumericSecret: boolean;
  readonly reusesExisting: boolean;
  readonly unsetsCurrent: boolean;
  readonly dryRun: boolean;
  /** Whether an input that names roles, targets or a role-chain file is given, even if it is invalid or blank. */
  readonly wantsRole: boolean;
  /** The audience of the job's ID token; undefined for the partition's default. */
  readonly audience?: string;
  readonly isRoleChaining: boolean;
  readonly skipsOidc: boolean;
  readonly handover: HandoverSettings;
  readonly warnings: readonly string[];
}
