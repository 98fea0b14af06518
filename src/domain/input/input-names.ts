/** Every input of action.yml, in its groups and order. */
export const inputNames = [
  'role-to-assume',
  'role-chain',
  'targets',
  'role-chain-file',
  'aws-region',
  'credential-source',
  'aws-access-key-id',
  'aws-secret-access-key',
  'aws-session-token',
  'audience',
  'web-identity-token-file',
  'saml-assertion-file',
  'saml-provider-arn',
  'role-chaining',
  'force-skip-oidc',
  'use-existing-credentials',
  'unset-current-credentials',
  'role-session-name',
  'role-duration-seconds',
  'role-external-id',
  'source-identity',
  'inline-session-policy',
  'managed-session-policies',
  'custom-tags',
  'transitive-tag-keys',
  'role-skip-session-tagging',
  'allowed-account-ids',
  'output-env-credentials',
  'output-credentials',
  'aws-profile',
  'overwrite-aws-profile',
  'refresh',
  'mask-aws-account-id',
  'job-summary',
  'dry-run',
  'sts-endpoint',
  'http-proxy',
  'no-proxy',
  'action-timeout-s',
  'disable-retry',
  'retry-max-attempts',
  'special-characters-workaround',
  'translate-env-variables',
] as const;

/** The name of an input. */
export type InputName = (typeof inputNames)[number];

/** Every input as the workflow gave it; undefined if the runner set none, empty if it was given empty. */
export type RawInputs = Readonly<Partial<Record<InputName, string>>>;

/** The default of `allowed-account-ids`: every account is allowed. */
export const anyAccount = 'any';

/** A trimmed input; empty if it was not given. */
export function trimmed(inputs: RawInputs, name: InputName): string {
  return (inputs[name] ?? '').trim();
}
