import { CallFailed, deadlineFailure } from '../domain/calls/call-failure.js';
import { serviceErrorText, webPageText } from '../domain/id-token/service-error.js';
import { tryJson } from '../domain/input/try-json.js';
import { withTimeLimit } from '../process/time-limit.js';
import type { Connections } from './connections.js';
import { get, type HttpAnswer } from './get.js';

/** A request for the job's ID token. https://docs.github.com/en/actions/reference/security/oidc */
export interface IdTokenRequest {
  readonly requestUrl: string;
  readonly requestToken: string;
  readonly audience: string;
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
  const { requestToken, connections, signal, attempt } = request;
  const address = addressOf(request);
  const headers = { accept: 'application/json', authorization: `Bearer ${requestToken}`, 'user-agent': 'assume-role' };
  try {
    const answer = await withTimeLimit({ signal, milliseconds: answerTimeoutMs }, (bounded) =>
      get({ address, headers, connections, signal: bounded, limitBytes }),
    );
    return readToken(answer, request);
  } catch (error) {
    throw error instanceof CallFailed ? error : failed(error, attempt, signal.aborted);
  }
}

/** The address to request a token from. It is validated here again, because it may come from a refresh plan. */
function addressOf({ requestUrl, audience, attempt: attempts }: IdTokenRequest): URL {
  const address = URL.canParse(requestUrl) ? new URL(requestUrl) : undefined;
  if (address === undefined || !/^https?:$/.test(address.protocol)) {
    const message = 'ACTIONS_ID_TOKEN_REQUEST_URL is not an http or https address';
    throw new CallFailed({ operation, code: 'NoTokenService', message, attempts });
  }
  address.searchParams.set('audience', audience);
  return address;
}

function readToken({ status, body }: HttpAnswer, { requestToken, attempt: attempts }: IdTokenRequest): string {
  if (status !== 200) {
    const code = status === 401 || status === 403 ? 'RequestTokenRefused' : `HTTP ${status}`;
    const message =
      serviceErrorText(body, requestToken) ?? `the token service answered with HTTP ${status} and no message`;
    throw new CallFailed({ operation, code, message, status, attempts });
  }
  const value = tokenIn(body);
  // A token with white space would be masked line by line, which would mask half of the log.
  if (typeof value !== 'string' || !/^\S+$/.test(value)) {
    const page = webPageText(body) === undefined ? '' : `, with ${serviceErrorText(body, requestToken)}`;
    const message = `the token service answered without a token${page}`;
    throw new CallFailed({ operation, code: 'NoTokenInAnswer', message, status, attempts });
  }
  return value;
}

function tokenIn(body: string): unknown {
  return (tryJson(body) as { value?: unknown } | null | undefined)?.value;
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
