import { connect } from 'node:net';
import type { getInstanceMetadataEndpoint as metadataEndpoint } from '@smithy/credential-provider-imds';
import type { Provider } from '../domain/base-identity/provider.js';
import { type AnswerTooLarge, CallFailed, deadlineCode, profileFailedCode } from '../domain/calls/call-failure.js';
import { type Credentials, malformedKey } from '../domain/identifiers/credentials.js';
import { withTimeLimit } from '../process/time-limit.js';

/** The timeout in milliseconds of a call to a metadata service or container endpoint, and its retries. */
const metadataOptions = { timeout: 2_000, maxRetries: 2 } as const;

/** Connect timeout of the metadata service in milliseconds; the service is on the instance itself, so it is fast. */
const longestConnect = 1_000;

interface Sourced {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly expiration?: Date | undefined;
}

/** Gets the credentials of a container's task role or of a pod; rejects with CallFailed. */
export function containerCredentials(signal: AbortSignal): Promise<Credentials> {
  return provided({ name: 'the container endpoint' }, signal, async () =>
    (await import('@aws-sdk/credential-provider-http')).fromHttp(metadataOptions)(),
  );
}

/** Gets the credentials of the EC2 instance profile; rejects with CallFailed. */
export function metadataCredentials(signal: AbortSignal): Promise<Credentials> {
  return provided({ name: 'the instance metadata service' }, signal, async () =>
    (await import('@smithy/credential-provider-imds')).fromInstanceMetadata(metadataOptions)(),
  );
}

/**
 * Gets the credentials of the EC2 instance profile on a machine that may have no metadata service; rejects with
 * CallFailed, after a second if nothing accepts a connection.
 */
export function metadataIfThere(signal: AbortSignal): Promise<Credentials> {
  return provided({ name: 'the instance metadata service' }, signal, async () => {
    const { fromInstanceMetadata, getInstanceMetadataEndpoint } = await import('@smithy/credential-provider-imds');
    await requireService(await getInstanceMetadataEndpoint());
    return fromInstanceMetadata(metadataOptions)();
  });
}

/**
 * Gets the credentials of a profile with `credential_process`, IAM Identity Center or `aws login`; rejects with
 * CallFailed.
 */
export function profileCredentials(
  provider: Extract<Provider, { readonly profile: string }>,
  signal: AbortSignal,
): Promise<Credentials> {
  const { kind, profile, files } = provider;
  const name = `the profile ${profile} (${files.join(', ')})`;
  const late =
    kind === 'process' ? `the credential_process of ${name} did not end before the deadline of the step` : undefined;
  return provided({ name, code: profileFailedCode, late }, signal, async (limit) => {
    switch (kind) {
      case 'process':
        return (await import('./run-credential-process.js')).runCredentialProcess(provider.command, limit);
      case 'sso':
        return (await import('@aws-sdk/credential-provider-sso')).fromSSO({ profile })();
      case 'login':
        return (await import('@aws-sdk/credential-provider-login')).fromLoginCredentials({ profile })();
    }
  });
}

/** How failures of a credential provider are described. */
interface Source {
  readonly name: string;
  readonly code?: string;
  /** The message if the deadline of the step passes first. */
  readonly late?: string | undefined;
}

/** Gets credentials from a provider; rejects with CallFailed. */
async function provided(
  { name, code = 'CredentialsNotFound', late }: Source,
  signal: AbortSignal,
  provide: (signal: AbortSignal) => Promise<Sourced>,
): Promise<Credentials> {
  try {
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = await withTimeLimit({ signal }, provide);
    const malformed = malformedKey({ accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) });
    if (malformed !== undefined) {
      throw new Error(malformed);
    }
    return {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken && { sessionToken }),
      ...(expiration && { expiration }),
    };
  } catch (error) {
    // The signal may be that of a shorter time limit, which aborts with a TimeoutError, or of the step's deadline.
    const isDeadline = signal.aborted && signal.reason?.name !== 'TimeoutError';
    const message = isDeadline
      ? (late ?? `the deadline of the step passed while the step waited for ${name}`)
      : `${name} gave no credentials (${reasonOf(error)})`;
    throw new CallFailed({ operation: 'GetCredentials', code: isDeadline ? deadlineCode : code, message, attempts: 1 });
  }
}

/** The starts of unclear SDK errors, and what they mean. */
const sdkReasons: readonly (readonly [start: string, meaning: string])[] = [
  [
    'Invalid URL',
    'its address is invalid: AWS_CONTAINER_CREDENTIALS_FULL_URI, AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or AWS_EC2_METADATA_SERVICE_ENDPOINT',
  ],
  [
    'URL not accepted',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI must be https, or http on loopback, 169.254.170.2 or 169.254.170.23',
  ],
  [
    'No HTTP credential provider host',
    'neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set',
  ],
];

/** The reason of a failure, on one line. */
function reasonOf(error: unknown): string {
  const { code, detail } = (error ?? {}) as Partial<AnswerTooLarge>;
  if (code === 'AnswerTooLarge' && detail !== undefined) {
    return detail;
  }
  const known = error instanceof Error ? sdkReasons.find(([start]) => error.message.startsWith(start)) : undefined;
  if (known !== undefined) {
    return known[1];
  }
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'no reason given';
}

/** Rejects if nothing accepts a connection, so that a missing service is detected within a second. */
function requireService({ protocol, hostname, port }: Awaited<ReturnType<typeof metadataEndpoint>>): Promise<void> {
  const at = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port ?? (protocol === 'https:' ? 443 : 80)) };
  return new Promise((resolve, reject) => {
    const none = (why: string) => reject(new Error(`there is none at ${hostname}:${at.port}: ${why}`));
    const socket = connect({ ...at, timeout: longestConnect });
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('timeout', () => {
      socket.destroy();
      none(`no connection within ${longestConnect / 1000} s`);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => none(error.code ?? 'no connection'));
  });
}
