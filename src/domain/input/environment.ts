/** Environment variables as they were when the step began. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that hold AWS credentials themselves, as every SDK reads them. */
export const credentialVariables = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'] as const;

/** Older names of the same, which some tools still read: the AWS CLI and boto3 the token, the SDK for Go the keys. */
const olderCredentialVariables = ['AWS_ACCESS_KEY', 'AWS_SECRET_KEY', 'AWS_SECURITY_TOKEN'] as const;

/** Variables that make a tool find another identity than the profile it is pointed at. */
export const rivalVariables = [
  ...credentialVariables,
  ...olderCredentialVariables,
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ROLE_ARN',
] as const;

/** Every variable a tool can find an identity by. */
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

/** The environment as the base identity may see it: `unset-current-credentials` hides the credentials in it. */
export function visibleEnvironment(
  environment: Environment,
  { unsetsCurrent }: { readonly unsetsCurrent: boolean },
): Environment {
  const hidden: ReadonlySet<string> = new Set(unsetsCurrent ? identityVariables : []);
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !hidden.has(name)));
}
