import type { RoleArn, RoleName } from '../identifiers/arn.js';
import type { DurationRequest, RoleChaining } from '../session-limits/duration-limits.js';
import type { Tag } from '../session-limits/tags.js';

/** One AssumeRole call, validated within its chain; AWS's field names in camel case. */
export interface Hop {
  /** Where the hop was declared, for messages. */
  readonly where: string;
  readonly operation: 'AssumeRole' | 'AssumeRoleWithWebIdentity' | 'AssumeRoleWithSAML';
  readonly role: RoleArn | RoleName;
  /** The STS Region; undefined if none is given. */
  readonly region?: string;
  readonly roleSessionName: string;
  readonly durationSeconds: DurationRequest;
  /**
   * Whether this hop is role chaining; `ask` if only the credentials of the base identity, or GetCallerIdentity, show
   * it.
   */
  readonly chaining: RoleChaining | 'ask';
  readonly externalId?: string;
  readonly sourceIdentity?: string;
  readonly policy?: string;
  readonly policyArns: readonly string[];
  readonly tags: readonly Tag[];
  readonly transitiveTagKeys: readonly string[];
  /** The allowed-account lists of this hop; each must contain the session's account. */
  readonly allowedAccountIds: readonly (readonly string[])[];
}

/**
 * The tags and source identity that a hop inherits, and the hops (from 0) that set them; its trust policy must allow
 * them.
 */
export interface Inherited {
  readonly tags: readonly { readonly tag: Tag; readonly fromHop: number }[];
  readonly sourceIdentity?: { readonly value: string; readonly fromHop: number };
}

/**
 * Returns what the hop at an index inherits from the hops before it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
export function inheritedAt(hops: readonly Hop[], index: number): Inherited {
  const before = hops.slice(0, index);
  const tags = before.flatMap((hop, fromHop) => {
    const transitive = new Set(hop.transitiveTagKeys.map((key) => key.toLowerCase()));
    return hop.tags.filter(({ key }) => transitive.has(key.toLowerCase())).map((tag) => ({ tag, fromHop }));
  });
  const fromHop = before.findIndex((hop) => hop.sourceIdentity !== undefined);
  const value = before[fromHop]?.sourceIdentity;
  return value === undefined ? { tags } : { tags, sourceIdentity: { value, fromHop } };
}

/** A role as written: its ARN, or its path and name. */
export function roleText(role: RoleArn | RoleName): string {
  return 'arn' in role ? role.arn : `${role.path.slice(1)}${role.name}`;
}
