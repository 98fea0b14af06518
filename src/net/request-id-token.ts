import { CallFailed, deadlineFailure } from '../domain/calls/call-failure.js';
import { readTokenAnswer, type TokenRequestFacts, tokenRequest } from '../domain/id-token/token-request.js';
import { withTimeLimit } from '../process/time-limit.js';
import type { Connections } from './connections.js';
import { get, type HttpAnswer } from './get.js';

/** A request for the job's ID token, and how to make it. */
export interface IdTokenRequest extends TokenRequestFacts {
  readonly connections: Connections;
  readonly signal: AbortSignal;
  readonly attempt: number;
}

/** Timeout in milliseconds for the complete answer of the token service. */
const answerTimeoutMs = 10_000;

/** Maximum bytes of an answer; AWS accepts tokens of up to 20,000 characters. */
const limitBytes = 65_536;

const operation = 'GetIdToken';

/** Requests an ID token once; rejects with CallFailed, which never contains a token. */
export async function getIdToken(request: IdTokenRequest): Promise<string> {
  const { connections, signal, attempt } = request;
  // Validated here again, because the address may come from a refresh plan.
  const found = tokenRequest(request);
  if (found === undefined) {
    const message = 'ACTIONS_ID_TOKEN_REQUEST_URL is not an http or https address';
    throw new CallFailed({ operation, code: 'NoTokenService', message, attempts: attempt });
  }
  try {
    const answer = await withTimeLimit({ signal, milliseconds: answerTimeoutMs }, (bounded) =>
      get({ ...found, connections, signal: bounded, limitBytes }),
    );
    return tokenOf(answer, request);
  } catch (error) {
    throw error instanceof CallFailed ? error : failed(error, attempt, signal.aborted);
  }
}

function tokenOf(answer: HttpAnswer, { requestToken, attempt: attempts }: IdTokenRequest): string {
  const read = readTokenAnswer(answer, requestToken);
  if (read.token === undefined) {
    const { code, message } = read;
    throw new CallFailed({ operation, code, message, status: answer.status, attempts });
  }
  return read.token;
}

function failed(error: unknown, attempts: number, isDeadline: boolean): CallFailed {
  if (isDeadline) {
    return new CallFailed(deadlineFailure(operation, attempts));
  }
  const { code, name, message } = error as { readonly code?: unknown; readonly name: string; readonly message: string };
  return new CallFailed({
    operation,
    code: typeof code === 'string' && code !== '' ? code : name,
    message: message.split('\n')[0] ?? '',
    attempts,
  });
}
