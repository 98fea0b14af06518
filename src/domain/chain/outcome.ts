import type { IdentityArn, RoleArn } from '../iam/arn.js';
import type { Credentials } from '../iam/credentials.js';
import type { CallFailure } from './call-failure.js';
import type { Hop } from './hop.js';
import type { Target } from './target.js';

/** One hop made: the session AWS gave. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export interface AssumedRole {
  readonly hop: Hop;
  readonly role: RoleArn;
  readonly identity: IdentityArn;
  readonly credentials: Credentials & { readonly expiration: Date };
  /** Seconds that were asked for and granted. */
  readonly durationSeconds: number;
  /** Seconds it had left when it was made, by the clock of STS. */
  readonly secondsLeft: number;
  /** How much of the largest session token it takes; undefined where STS does not say. */
  readonly tokenSize?: SessionTokenSize;
  /** Session tags that were left out because AWS found all of them too large. */
  readonly droppedTags: readonly string[];
}

/** The size of a session token. Session policies, tags and inherited tags share this one budget. */
export interface SessionTokenSize {
  /** Percent of the largest session token. */
  readonly utilization: number;
  readonly bytes?: number;
}

/** Who makes a hop: a token for a federated first hop, credentials everywhere else. */
export type Caller =
  | {
      readonly kind: 'token';
      /** The token of the walk; another one than the one that was refused, if any. */
      readonly token: (refused?: string) => Promise<string>;
    }
  | {
      readonly kind: 'credentials';
      readonly credentials: Credentials;
      readonly identity?: IdentityArn;
      /** The credentials to sign with now: those of a new session where this one is near its end. */
      readonly current?: () => Promise<Credentials>;
    };

/** A target that was walked to its end. */
export interface ReachedTarget {
  readonly target: Target;
  readonly sessions: readonly AssumedRole[];
  /** The identity one ends up as, and its keys. */
  readonly identity: IdentityArn;
  readonly credentials: Credentials;
  /** Whether the identity was there already, and was kept. */
  readonly isKept: boolean;
  /** Who the base identity is, if the walk had to find out. */
  readonly baseIdentity?: IdentityArn;
}

/** A target that was not reached: where it stopped, who called, and what AWS said. */
export interface FailedTarget {
  readonly target: Target;
  /** The hops that were made before. */
  readonly sessions: readonly AssumedRole[];
  /** The hop that failed; undefined where the base identity itself failed. */
  readonly hop?: Hop;
  readonly caller?: IdentityArn;
  /** Who the base identity is, if the walk had to find out. */
  readonly baseIdentity?: IdentityArn;
  readonly failure: CallFailure;
  /** The claims of the job's ID token, for an explanation; never the token. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** How a target ended. */
export type TargetOutcome =
  | { readonly kind: 'walked'; readonly walked: ReachedTarget }
  | { readonly kind: 'stopped'; readonly stopped: FailedTarget };

/** A walk in which at least one target was not reached; nothing was exported for any. */
export class WalkFailed extends Error {
  readonly stops: readonly FailedTarget[];

  constructor(stops: readonly FailedTarget[]) {
    super(stops.map(({ failure }) => `${failure.operation}: ${failure.code}`).join('; '));
    this.name = 'StepStopped';
    this.stops = stops;
  }
}
