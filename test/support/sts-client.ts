import { type Credentials, STSClient } from '@aws-sdk/client-sts';
import type { Emulator } from '../../emulator/server/emulator.js';
import { keys } from './example-world.js';

/** Credentials in the form of the AWS SDK. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The long-term keys of the example world's user. */
export const botKeys: Keys = {
  accessKeyId: keys['aws-access-key-id'],
  secretAccessKey: keys['aws-secret-access-key'],
};

/** An STS client with the given keys; without retries, so that every error is seen. */
export function clientOf(emulator: Emulator, credentials: Keys = botKeys, region = 'us-east-1'): STSClient {
  return new STSClient({ region, endpoint: emulator.url, credentials, maxAttempts: 1 });
}

/** The keys in an answer of STS. */
export function keysOf(credentials: Credentials | undefined): Keys {
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

/** The error of a failed call: code, HTTP status and message. */
export async function refusalOf(call: Promise<unknown>): Promise<{ code: string; status: number; message: string }> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) {
    throw new Error('the call was not refused');
  }
  const { Code, $metadata } = error as Error & { Code?: string; $metadata?: { httpStatusCode?: number } };
  return { code: Code ?? error.name, status: $metadata?.httpStatusCode ?? 0, message: error.message };
}
