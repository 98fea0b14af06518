import type { Environment } from '../input/environment.js';

/**
 * The output of a `credential_process`.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export interface ProcessCredentials {
  readonly Version: 1;
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken?: string;
  /** RFC 3339 in UTC; without it, tools cache the keys for the life of their process. */
  readonly Expiration?: string;
}

/** Returns the keys of the environment, for tools that prefer a profile to them; throws if there are none. */
export function environmentCredentials(environment: Environment): ProcessCredentials {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw new Error('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set in the environment of this tool.');
  }
  return {
    Version: 1,
    AccessKeyId: AWS_ACCESS_KEY_ID,
    SecretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { SessionToken: AWS_SESSION_TOKEN }),
  };
}
