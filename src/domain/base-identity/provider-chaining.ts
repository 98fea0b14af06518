import { areTemporary } from '../identifiers/credentials.js';
import type { RoleChaining } from '../session-limits/duration-limits.js';
import type { Provider } from './provider.js';

/**
 * Whether the first hop from these credentials is role chaining; `ask` if only the credentials, or GetCallerIdentity,
 * show it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
export function providerChaining(provider: Provider): RoleChaining | 'ask' {
  switch (provider.kind) {
    case 'keys':
      return areTemporary(provider.credentials) ? 'ask' : 'no';
    case 'assume-role':
    case 'web-identity':
    case 'container':
    case 'sso':
      return 'yes';
    case 'metadata':
      return 'unsure';
    case 'process':
    case 'login':
      return 'ask';
  }
}
