import type { BaseIdentity } from '../domain/chain/base-identity.js';
import { CallFailed, deadlineCode } from '../domain/chain/call-failure.js';
import { areTemporary, type Credentials } from '../domain/iam/credentials.js';
import type { Chaining } from '../domain/iam/duration.js';
import { type TimeLimit, withTimeLimit } from '../process/time-limit.js';
import type { Sts } from './sts.js';

/** Credentials of a base identity; `chaining` where the provider that gave them says what they are. */
export interface BaseCredentials {
  readonly credentials: Credentials;
  readonly chaining?: Chaining;
}

interface Sourced {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly expiration?: Date | undefined;
  readonly $source?: Readonly<Record<string, unknown>> | undefined;
}

/** Milliseconds for the metadata service where it is the only thing left to ask; on an instance it answers in a few. */
const lastResortTimeout = 800;

/** Gets the credentials of a base that is not a token; rejects with CallFailed. Providers are loaded only when asked. */
export async function baseCredentials(
  base: BaseIdentity,
  { forProviders }: Pick<Sts, 'forProviders'>,
  limit: TimeLimit,
): Promise<BaseCredentials> {
  switch (base.kind) {
    case 'access-keys':
    case 'Environment':
      return { credentials: base.credentials };
    case 'EcsContainer':
      return provided('the container endpoint', limit, async () =>
        (await import('@aws-sdk/credential-provider-http')).fromHttp({ timeout: 2_000, maxRetries: 2 })(),
      );
    case 'Ec2InstanceMetadata':
      return provided('the instance metadata service', limit, async () =>
        (await import('@smithy/credential-provider-imds')).fromInstanceMetadata({ timeout: 2_000, maxRetries: 2 })(),
      );
    case 'default-chain':
      if (base.profile !== undefined) {
        return profileCredentials({ ...forProviders, profile: base.profile }, limit);
      }
      return base.instanceOnly ? lastResort(limit) : defaultChain(forProviders, limit);
    default:
      throw new Error(`${base.kind} is a token, not credentials.`);
  }
}

function lastResort({ signal }: TimeLimit): Promise<BaseCredentials> {
  const options = { timeout: lastResortTimeout, maxRetries: 0 };
  const limit = { milliseconds: lastResortTimeout, ...(signal && { signal }) };
  return provided('the instance metadata service', limit, async () =>
    (await import('@smithy/credential-provider-imds')).fromInstanceMetadata(options)(),
  );
}

function defaultChain(init: Sts['forProviders'], limit: TimeLimit): Promise<BaseCredentials> {
  return provided('the default credential chain', limit, async () =>
    (await import('@aws-sdk/credential-provider-node')).defaultProvider(init)(),
  );
}

/** A named profile stands for itself: the default chain would go on to the instance metadata service without it. */
function profileCredentials(
  init: Sts['forProviders'] & { readonly profile: string },
  limit: TimeLimit,
): Promise<BaseCredentials> {
  return provided(`the profile ${init.profile}`, limit, async () =>
    (await import('@aws-sdk/credential-provider-ini')).fromIni(init)(),
  );
}

async function provided(name: string, limit: TimeLimit, provide: () => Promise<Sourced>): Promise<BaseCredentials> {
  try {
    return read(await withTimeLimit(limit, provide));
  } catch (error) {
    const isDeadline = limit.signal?.aborted === true;
    const message = isDeadline
      ? `the deadline of the step passed while ${name} was asked`
      : `${name} gave no credentials (${reasonOf(error)})`;
    const code = isDeadline ? deadlineCode : 'CredentialsNotFound';
    throw new CallFailed({ operation: 'GetCredentials', code, message, attempts: 1 });
  }
}

/** A failed process is told without its command line, which somebody may have put a secret into. */
function reasonOf(error: unknown): string {
  const line = error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'no reason given';
  return line.startsWith('Command failed') ? 'its credential_process failed' : line;
}

function read({ accessKeyId, secretAccessKey, sessionToken, expiration, $source = {} }: Sourced): BaseCredentials {
  const credentials: Credentials = {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken && { sessionToken }),
    ...(expiration && { expiration }),
  };
  if (!areTemporary(credentials)) {
    return { credentials, chaining: 'no' };
  }
  return 'CREDENTIALS_HTTP' in $source ? { credentials, chaining: 'yes' } : { credentials };
}
