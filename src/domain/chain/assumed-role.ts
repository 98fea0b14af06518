import type { IdentityArn, RoleArn } from '../identifiers/arn.js';
import type { Credentials } from '../identifiers/credentials.js';
import type { Hop } from './hop.js';

/** A completed hop: the session from AWS. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export interface AssumedRole {
  readonly hop: Hop;
  readonly role: RoleArn;
  readonly identity: IdentityArn;
  readonly credentials: Credentials & { readonly expiration: Date };
  /** The granted duration in seconds. */
  readonly durationSeconds: number;
  /** Seconds from the answer of STS to the expiration, by the clock of STS. */
  readonly secondsLeft: number;
  /** How large the session token is; undefined if STS does not return it. */
  readonly tokenSize?: SessionTokenSize;
  /** The keys of default session tags that were omitted, because all tags together were too large for AWS. */
  readonly droppedTags: readonly string[];
}

/** The size of a session token. Session policies, tags and inherited tags share one limit. */
export interface SessionTokenSize {
  /** Percent of the maximum size. */
  readonly utilization: number;
  readonly bytes?: number;
}
