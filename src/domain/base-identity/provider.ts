import type { RoleArn } from '../identifiers/arn.js';
import type { Credentials } from '../identifiers/credentials.js';
import type { Environment } from '../input/environment.js';

/** How the machine gets its credentials, derived from its variables and AWS files without any call. */
export type Provider =
  | { readonly kind: 'keys'; readonly credentials: Credentials }
  | {
      readonly kind: 'web-identity';
      readonly role: RoleArn;
      readonly tokenFile: string;
      readonly roleSessionName?: string;
    }
  | {
      readonly kind: 'assume-role';
      readonly role: RoleArn;
      readonly externalId?: string;
      readonly roleSessionName?: string;
      readonly durationSeconds?: number;
      readonly source: Provider;
    }
  | { readonly kind: 'sso' | 'login'; readonly profile: string; readonly files: readonly string[] }
  | {
      readonly kind: 'process';
      readonly profile: string;
      readonly files: readonly string[];
      readonly command: string;
    }
  | { readonly kind: 'container' | 'metadata' };

/** The keys in the environment; AWS_SECURITY_TOKEN is preferred to AWS_SESSION_TOKEN, as in the AWS CLI and boto3. */
export function environmentKeys({
  AWS_ACCESS_KEY_ID: accessKeyId = '',
  AWS_SECRET_ACCESS_KEY: secretAccessKey = '',
  AWS_SECURITY_TOKEN: olderToken,
  AWS_SESSION_TOKEN: token,
  AWS_CREDENTIAL_EXPIRATION: end,
}: Environment): Provider {
  const sessionToken = olderToken || token;
  const expiration = new Date(end || Number.NaN);
  return {
    kind: 'keys',
    credentials: {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken && { sessionToken }),
      ...(!Number.isNaN(expiration.getTime()) && { expiration }),
    },
  };
}

/** Whether a container endpoint is set; every tool prefers it to the metadata service. */
export function hasContainer(environment: Environment): boolean {
  return Boolean(environment.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI || environment.AWS_CONTAINER_CREDENTIALS_FULL_URI);
}

/** Whether the machine has no AWS metadata service: it is a GitHub-hosted runner, or the service is disabled. */
export function hasNoMetadata({
  RUNNER_ENVIRONMENT,
  AWS_EC2_METADATA_SERVICE_ENDPOINT,
  AWS_EC2_METADATA_DISABLED,
}: Environment): boolean {
  const isHosted = RUNNER_ENVIRONMENT === 'github-hosted' && !AWS_EC2_METADATA_SERVICE_ENDPOINT;
  return isHosted || /^true$/i.test(AWS_EC2_METADATA_DISABLED ?? '');
}
