import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { CallFailed, deadlineFailure } from '../domain/chain/call-failure.js';
import type { Agents } from './agents.js';

/** A request for the job's ID token. https://docs.github.com/en/actions/reference/security/oidc */
export interface IdTokenRequest {
  readonly requestUrl: string;
  readonly requestToken: string;
  readonly audience: string;
  readonly agents: Agents;
  readonly signal: AbortSignal;
  readonly attempt: number;
}

/** Milliseconds until the token service must have answered in full. */
const answerTimeout = 10_000;
const operation = 'GetIdToken';

/** Asks for an ID token, once; rejects with CallFailed, in which neither token ever stands. */
export async function getIdToken({
  requestUrl,
  requestToken,
  audience,
  agents,
  signal,
  attempt,
}: IdTokenRequest): Promise<string> {
  const url = new URL(requestUrl);
  url.searchParams.set('audience', audience);
  // Not AbortSignal.timeout, which Node 20 may collect before it fires.
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), answerTimeout);
  try {
    const bounded = AbortSignal.any([signal, limit.signal]);
    const { status, body } = await get(url, { requestToken, agents, signal: bounded });
    return readToken(status, body, attempt);
  } catch (error) {
    throw error instanceof CallFailed ? error : failed(error, attempt, signal.aborted);
  } finally {
    clearTimeout(timer);
  }
}

function get(
  url: URL,
  { requestToken, agents, signal }: { requestToken: string; agents: Agents; signal: AbortSignal },
): Promise<{ status: number; body: string }> {
  const isHttps = url.protocol === 'https:';
  const pools = agents.to(url);
  const headers = { accept: 'application/json', authorization: `Bearer ${requestToken}`, 'user-agent': 'assume-role' };
  return new Promise((resolve, reject) => {
    const send = isHttps ? httpsRequest : httpRequest;
    const outgoing = send(
      url,
      { headers, signal, agent: isHttps ? pools.https : pools.http },
      (incoming: IncomingMessage) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
        );
        incoming.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}

function readToken(status: number, body: string, attempts: number): string {
  if (status !== 200) {
    const code = status === 401 || status === 403 ? 'RequestTokenRefused' : `HTTP ${status}`;
    throw new CallFailed({
      operation,
      code,
      message: `the token service answered with HTTP ${status}`,
      status,
      attempts,
    });
  }
  let value: unknown;
  try {
    value = (JSON.parse(body) as { value?: unknown } | null)?.value;
  } catch {
    value = undefined;
  }
  // A token with white space in it would be masked line by line, and hide half the log.
  if (typeof value !== 'string' || !/^\S+$/.test(value)) {
    throw new CallFailed({
      operation,
      code: 'NoTokenInAnswer',
      message: 'the token service answered without a token',
      status,
      attempts,
    });
  }
  return value;
}

function failed(error: unknown, attempts: number, isDeadline: boolean): CallFailed {
  const {
    code = '',
    name = 'Error',
    message = '',
  } = (error ?? {}) as { code?: unknown; name?: string; message?: string };
  const isTimeout = name === 'TimeoutError' || name === 'AbortError' || code === 'ABORT_ERR';
  if (isTimeout) {
    return isDeadline
      ? new CallFailed(deadlineFailure(operation, attempts))
      : new CallFailed({
          operation,
          code: 'TimeoutError',
          message: `no complete answer within ${answerTimeout / 1000} s`,
          attempts,
        });
  }
  return new CallFailed({
    operation,
    code: typeof code === 'string' && code !== '' ? code : name,
    message: message.split('\n')[0] ?? '',
    attempts,
  });
}
