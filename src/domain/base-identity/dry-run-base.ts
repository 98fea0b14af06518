import type { CredentialSource } from '../chain/base-identity.js';
import { type BaseFacts, type ChosenBase, hasIdToken } from './base-facts.js';
import { profileVariables } from './profile-variables.js';
import { hasContainer } from './provider.js';

const noKeys = { accessKeyId: '', secretAccessKey: '' };

/**
 * Returns the base identity that a dry run assumes, because this run lacks the token or keys that the source needs
 * (runs for forks have none). Undefined if this run has them.
 */
export function dryRunBase(
  source: CredentialSource,
  facts: BaseFacts,
): Pick<ChosenBase, 'base' | 'reason'> | undefined {
  const { given, machine, audience } = facts;
  const { environment } = machine;
  const oidc = { kind: 'oidc', requestUrl: '', requestToken: '', audience } as const;
  switch (source) {
    case 'oidc':
      return hasIdToken(environment) ? undefined : { base: oidc, reason: 'this run cannot request an ID token' };
    case 'access-keys':
      return given['aws-access-key-id'] !== '' && given['aws-secret-access-key'] !== ''
        ? undefined
        : {
            base: { kind: source, credentials: noKeys },
            reason: 'the access keys are empty in this run, so long-term keys of a user are assumed',
          };
    case 'Environment':
      return environment.AWS_ACCESS_KEY_ID && environment.AWS_SECRET_ACCESS_KEY
        ? undefined
        : { base: { kind: source, credentials: noKeys }, reason: 'the environment of this run has no keys' };
    default:
      return source === 'default-chain' && lacksBase(facts)
        ? {
            base: oidc,
            reason:
              'this run has neither keys nor an ID token (runs for forks and local runs have none, and runs of Dependabot have none by default), and a job that has an ID token would start from it',
          }
        : undefined;
  }
}

/** Whether `auto` chooses the base identity, and this run shows nothing that it could choose. */
function lacksBase({ given, isRoleChaining, skipsOidc, wantsRole, machine }: BaseFacts): boolean {
  const { environment, files } = machine;
  const isAuto = /^(auto)?$/i.test(given['credential-source']);
  const shows = [
    environment.AWS_ACCESS_KEY_ID,
    environment.AWS_WEB_IDENTITY_TOKEN_FILE,
    hasContainer(environment),
    profileVariables(machine).length > 0,
    files.profiles.size > 0,
    files.faults.length > 0,
  ].some(Boolean);
  return isAuto && wantsRole && !isRoleChaining && !skipsOidc && !shows;
}
