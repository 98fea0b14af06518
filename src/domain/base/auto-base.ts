import type { CredentialSource } from '../chain/base-identity.js';
import type { Environment } from '../input/environment.js';
import type { Report } from '../input/problem.js';
import { ambientVariables, type BaseFacts, type ChosenBase, hasIdToken, idTokenFix } from './base-facts.js';

const keyInputs = ['aws-access-key-id', 'aws-secret-access-key', 'aws-session-token'] as const;

const samlInputs = ['saml-assertion-file', 'saml-provider-arn'] as const;

/** What `auto` takes: the first source that the inputs and the job offer, and why. */
export function pickSource({ given, isRoleChaining, skipsOidc, wantsRole, environment }: BaseFacts): {
  picked: CredentialSource;
  reason: string;
} {
  if (keyInputs.some((name) => given[name] !== '')) {
    return { picked: 'access-keys', reason: 'access keys are given' };
  }
  if (given['web-identity-token-file'] !== '') {
    return { picked: 'web-identity', reason: 'web-identity-token-file is given' };
  }
  const saml = samlInputs.find((name) => given[name] !== '');
  if (saml !== undefined) {
    return { picked: 'saml', reason: `${saml} is given` };
  }
  if (isRoleChaining) {
    return { picked: 'default-chain', reason: 'role-chaining is true' };
  }
  if (hasIdToken(environment) && wantsRole && !skipsOidc) {
    return { picked: 'oidc', reason: 'the job can ask for an ID token' };
  }
  const reason = skipsOidc
    ? 'force-skip-oidc is true'
    : hasIdToken(environment)
      ? 'no role is wanted'
      : 'no keys, no token file and no ID token are given';
  return { picked: 'default-chain', reason };
}

/**
 * The default chain of a machine that shows no AWS identity at all can only end at the instance metadata service; on a
 * GitHub-hosted runner it cannot end anywhere, so the missing ID token is told at once.
 */
export function nameInstanceOnly(chosen: ChosenBase, facts: BaseFacts, report: Report): ChosenBase | undefined {
  const { environment, hasAwsFiles, wantsRole } = facts;
  if (chosen.base.kind !== 'default-chain' || hasAwsFiles || ambientVariables.some((name) => environment[name])) {
    return { ...chosen, ...rivalWarning(environment) };
  }
  const what =
    wantsRole && !hasIdToken(environment)
      ? 'there is no base identity: no access keys, no token file, no AWS variables or files, and the job cannot ask for an ID token'
      : 'there is no base identity: no access keys, no token file, and no AWS variables or files on this machine';
  const { RUNNER_ENVIRONMENT, AWS_EC2_METADATA_SERVICE_ENDPOINT, AWS_EC2_METADATA_DISABLED } = environment;
  const hasNoMetadata =
    (RUNNER_ENVIRONMENT === 'github-hosted' && !AWS_EC2_METADATA_SERVICE_ENDPOINT) ||
    /^true$/i.test(AWS_EC2_METADATA_DISABLED ?? '');
  if (hasNoMetadata) {
    report({
      where: 'credential-source',
      what,
      fix: hasIdToken(environment)
        ? 'Name a role in role-to-assume, role-chain or targets (an unset variable makes an input empty), or give access keys'
        : `${idTokenFix}. Or give access keys`,
    });
    return undefined;
  }
  const hint = wantsRole && !hasIdToken(environment) ? ` ${idTokenFix}.` : '';
  return {
    ...chosen,
    base: { kind: 'default-chain', instanceOnly: true },
    warning: `Only the EC2 instance metadata service is left to ask for a base identity: no access keys, token file, ID token, AWS variables or AWS files are here.${hint}`,
  };
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html: the SDK takes the profile. */
function rivalWarning({ AWS_PROFILE, AWS_ACCESS_KEY_ID }: Environment): { readonly warning?: string } {
  return AWS_PROFILE && AWS_ACCESS_KEY_ID
    ? {
        warning: `AWS_PROFILE and AWS_ACCESS_KEY_ID are both set, and the default chain takes the profile ${AWS_PROFILE}; credential-source: Environment takes the keys.`,
      }
    : {};
}
