import { type Credentials, STSClient } from '@aws-sdk/client-sts';
import type { Emulator } from '../../emulator/server/emulator.js';
import { startEmulator } from '../../emulator/server/start-emulator.js';
import { exampleWorld } from '../../emulator/world/load-world.js';
import type { PolicyDocument, WorldDocument } from '../../emulator/world/world.js';

export const bot = 'arn:aws:iam::111111111111:user/ci-bot';
export const spoke = (name: string) => `arn:aws:iam::222222222222:role/${name}`;

export const botKeys: Keys = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** An STS client with the given keys; without retries, so that every error is seen. */
export function clientOf(emulator: Emulator, credentials: Keys = botKeys, region = 'us-east-1'): STSClient {
  return new STSClient({ region, endpoint: emulator.url, credentials, maxAttempts: 1 });
}

export function keysOf(credentials: Credentials | undefined): Keys {
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

/** An emulator of the example world with changes. */
export async function startChanged(
  change: (world: WorldDocument) => void = () => undefined,
  options: Partial<Parameters<typeof startEmulator>[0]> = {},
): Promise<Emulator> {
  const world = await exampleWorld();
  change(world);
  return startEmulator({ ...options, world });
}

/** A policy with one statement. */
export function policy(statement: Record<string, unknown>): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] };
}

/** The error of a failed call: code, HTTP status and message. */
export async function refusal(call: Promise<unknown>): Promise<{ code: string; status: number; message: string }> {
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
