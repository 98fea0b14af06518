import type { IdentityArn, RoleArn } from '../iam/arn.js';
import type { Credentials } from '../iam/credentials.js';
import type { CallFailure } from './call-failure.js';
import type { Hop } from './hop.js';
import type { Target } from './target.js';

/** A completed hop: the session from AWS. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export interface AssumedRole {
  readonly hop: Hop;
  readonly role: RoleArn;
  readonly identity: IdentityArn;
  readonly credentials: Credentials & { readonly expiration: Date };
  /** The granted duration in seconds. */
  readonly durationSeconds: number;
  /** Remaining seconds when it was created, by the clock of STS. */
  readonly secondsLeft: number;
  /** Its share of the maximum session token size; undefined if STS does not return it. */
  readonly tokenSize?: SessionTokenSize;
  /** Session tags that were dropped because all of them together were too large for AWS. */
  readonly droppedTags: readonly string[];
}

/** The size of a session token. Session policies, tags and inherited tags share one limit. */
export interface SessionTokenSize {
  /** Percent of the maximum size. */
  readonly utilization: number;
  readonly bytes?: number;
}

/** The caller of a hop: a token for a federated first hop, otherwise credentials. */
export type Caller =
  | {
      readonly kind: 'token';
      /** The token of the walk; a new one if the given token was rejected. */
      readonly token: (refused?: string) => Promise<string>;
    }
  | {
      readonly kind: 'credentials';
      readonly credentials: Credentials;
      readonly identity?: IdentityArn;
      /** The credentials to sign with; of a new session if the current one is about to expire. */
      readonly current?: () => Promise<Credentials>;
    };

/** A target whose hops all succeeded. */
export interface ReachedTarget {
  readonly target: Target;
  readonly sessions: readonly AssumedRole[];
  /** The final identity and its credentials. */
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
  | { readonly kind: 'walked'; readonly walked: ReachedTarget }
  | { readonly kind: 'stopped'; readonly stopped: FailedTarget };

/** A walk with at least one failed target; nothing was exported. */
export class WalkFailed extends Error {
  readonly stops: readonly FailedTarget[];

  constructor(stops: readonly FailedTarget[]) {
    super(stops.map(({ failure }) => `${failure.operation}: ${failure.code}`).join('; '));
    this.name = 'StepStopped';
    this.stops = stops;
  }
}
