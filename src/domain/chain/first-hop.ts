import { areTemporary } from '../identifiers/credentials.js';
import type { RoleChaining } from '../session-limits/duration-limits.js';
import type { BaseIdentity } from './base-identity.js';

/** The STS call of the first hop from a base; later hops always call AssumeRole. */
export function firstOperation({
  kind,
}: BaseIdentity): 'AssumeRole' | 'AssumeRoleWithWebIdentity' | 'AssumeRoleWithSAML' {
  switch (kind) {
    case 'oidc':
    case 'web-identity':
      return 'AssumeRoleWithWebIdentity';
    case 'saml':
      return 'AssumeRoleWithSAML';
    default:
      return 'AssumeRole';
  }
}

/**
 * Whether the first hop from a base is role chaining; `ask` if only the credentials, or GetCallerIdentity, show it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
export function firstHopChaining(base: BaseIdentity): RoleChaining | 'ask' {
  switch (base.kind) {
    case 'oidc':
    case 'web-identity':
    case 'saml':
      return 'no';
    case 'access-keys':
      return areTemporary(base.credentials) ? 'yes' : 'no';
    case 'Environment':
      // The credentials may be those of an EC2 instance, for which AWS's limit is unclear.
      return areTemporary(base.credentials) ? 'ask' : 'no';
    case 'EcsContainer':
      return 'yes';
    case 'Ec2InstanceMetadata':
      return 'unsure';
    case 'default-chain':
      return base.chaining;
  }
}
