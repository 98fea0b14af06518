import type { BaseIdentity, CredentialSource } from '../chain/base-identity.js';
import { pickSource } from './auto-base.js';
import { ambientVariables, type BaseFacts, type ChosenBase, hasIdToken } from './base-facts.js';

/** What the step would start from in a run that may; undefined where this run shows it. */
export function dryRunBase(source: CredentialSource, facts: BaseFacts): ChosenBase | undefined {
  const { given, environment, audience } = facts;
  const noKeys = { accessKeyId: '', secretAccessKey: '' };
  const because = (what: string) => `assumed for the dry run: ${what}`;
  switch (source) {
    case 'oidc':
      return hasIdToken(environment)
        ? undefined
        : { base: tokenless(audience), reason: because('this run cannot ask for an ID token') };
    case 'access-keys':
      return given['aws-access-key-id'] !== '' && given['aws-secret-access-key'] !== ''
        ? undefined
        : {
            base: { kind: source, credentials: noKeys },
            reason: because(
              'the access keys are empty in this run, and long-term keys of a user are taken for granted',
            ),
          };
    case 'Environment':
      return environment.AWS_ACCESS_KEY_ID && environment.AWS_SECRET_ACCESS_KEY
        ? undefined
        : { base: { kind: source, credentials: noKeys }, reason: because('the environment of this run has no keys') };
    case 'auto':
      return showsNothing(facts)
        ? {
            base: tokenless(audience),
            reason: because(
              'this run has neither keys nor an ID token (runs for forks and Dependabot, and local ones, have none), and a job that has an ID token would start from it',
            ),
          }
        : undefined;
    default:
      return undefined;
  }
}

function showsNothing(facts: BaseFacts): boolean {
  const { environment, hasAwsFiles, isRoleChaining, skipsOidc, wantsRole } = facts;
  return (
    pickSource(facts).picked === 'default-chain' &&
    wantsRole &&
    !isRoleChaining &&
    !skipsOidc &&
    !hasAwsFiles &&
    !ambientVariables.some((name) => environment[name])
  );
}

function tokenless(audience: string): BaseIdentity {
  return { kind: 'oidc', requestUrl: '', requestToken: '', audience };
}
