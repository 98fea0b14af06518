import type { CallFailure } from '../calls/call-failure.js';
import type { IdentityArn } from '../identifiers/arn.js';
import type { Credentials } from '../identifiers/credentials.js';
import type { AssumedRole } from './assumed-role.js';
import type { Hop } from './hop.js';
import type { Target } from './target.js';

/** A target whose hops all succeeded. */
export interface ReachedTarget {
  readonly target: Target;
  readonly sessions: readonly AssumedRole[];
  /** The identity at the end of the chain, and its credentials. */
  readonly identity: IdentityArn;
  readonly credentials: Credentials;
  /** Whether an existing identity was kept. */
  readonly isKept: boolean;
  /** The base identity, if the walk had to query it. */
  readonly baseIdentity?: IdentityArn;
}

/** A target that was not reached: the failed hop, the caller and the failure. */
export interface FailedTarget {
  readonly target: Target;
  /** The completed hops. */
  readonly sessions: readonly AssumedRole[];
  /** The failed hop; undefined if the base identity failed. */
  readonly hop?: Hop;
  readonly caller?: IdentityArn;
  /** The base identity, if the walk had to query it. */
  readonly baseIdentity?: IdentityArn;
  readonly failure: CallFailure;
  /** The claims of the job's ID token, for an explanation; never the token. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** The outcome of a target. */
export type TargetOutcome =
  | { readonly kind: 'reached'; readonly reached: ReachedTarget }
  | { readonly kind: 'failed'; readonly failed: FailedTarget };

/** The error of a walk with at least one failed target; nothing was exported. */
export class WalkFailed extends Error {
  readonly failed: readonly FailedTarget[];

  constructor(failed: readonly FailedTarget[]) {
    super(failed.map(({ failure }) => `${failure.operation}: ${failure.code}`).join('; '));
    this.name = 'WalkFailed';
    this.failed = failed;
  }
}
