/** Environment variables as they were when the step started. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The credential variables that every SDK reads. */
export const credentialVariables = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'] as const;

/** Legacy names that some tools still read: the token in the AWS CLI and boto3, the keys in the SDK for Go. */
const olderCredentialVariables = ['AWS_ACCESS_KEY', 'AWS_SECRET_KEY', 'AWS_SECURITY_TOKEN'] as const;

/** Variables that can make a tool ignore the profile in AWS_PROFILE and use another identity. */
export const overridingVariables = [
  ...credentialVariables,
  ...olderCredentialVariables,
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ROLE_ARN',
] as const;

/** Every variable from which a tool can get an identity. */
export const identityVariables = [
  ...credentialVariables,
  ...olderCredentialVariables,
  'AWS_CREDENTIAL_EXPIRATION',
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ROLE_ARN',
  'AWS_ROLE_SESSION_NAME',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
] as const;

/**
 * The variables from which the base identity may come: with `unset-current-credentials`, without AWS's identity
 * variables.
 */
export function visibleEnvironment(
  environment: Environment,
  { unsetsCurrent }: { readonly unsetsCurrent: boolean },
): Environment {
  const hidden: ReadonlySet<string> = new Set(unsetsCurrent ? identityVariables : []);
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !hidden.has(name)));
}
