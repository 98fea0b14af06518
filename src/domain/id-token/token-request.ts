import { tryJson } from '../input/try-json.js';
import { serviceErrorText, webPageText } from './service-error.js';

/** What identifies a request for the job's ID token. */
export interface TokenRequestFacts {
  /** `ACTIONS_ID_TOKEN_REQUEST_URL`. */
  readonly requestUrl: string;
  /** `ACTIONS_ID_TOKEN_REQUEST_TOKEN`, which is secret. */
  readonly requestToken: string;
  readonly audience: string;
}

/**
 * The request for the job's ID token: a GET with these headers; undefined if the address is not http or https.
 * https://docs.github.com/en/actions/reference/security/oidc
 */
export function tokenRequest({
  requestUrl,
  requestToken,
  audience,
}: TokenRequestFacts): { readonly address: URL; readonly headers: Readonly<Record<string, string>> } | undefined {
  const address = URL.canParse(requestUrl) ? new URL(requestUrl) : undefined;
  if (address === undefined || !/^https?:$/.test(address.protocol)) {
    return undefined;
  }
  address.searchParams.set('audience', audience);
  const headers = { accept: 'application/json', authorization: `Bearer ${requestToken}`, 'user-agent': 'assume-role' };
  return { address, headers };
}

/** The token in an answer of the token service, or why there is none; neither the request token nor a token is in it. */
export type TokenAnswer =
  | { readonly token: string }
  | { readonly token?: undefined; readonly code: string; readonly message: string };

/** Reads the answer of the token service. */
export function readTokenAnswer(
  { status, body }: { readonly status: number; readonly body: string },
  requestToken: string,
): TokenAnswer {
  if (status !== 200) {
    const code = status === 401 || status === 403 ? 'RequestTokenRefused' : `HTTP ${status}`;
    const message =
      serviceErrorText(body, requestToken) ?? `the token service answered with HTTP ${status} and no message`;
    return { code, message };
  }
  const { value } = (tryJson(body) ?? {}) as { readonly value?: unknown };
  // A token with white space would be masked line by line, which would mask half of the log.
  if (typeof value === 'string' && /^\S+$/.test(value)) {
    return { token: value };
  }
  const page = webPageText(body) === undefined ? '' : `, with ${serviceErrorText(body, requestToken)}`;
  return { code: 'NoTokenInAnswer', message: `the token service answered without a token${page}` };
}
