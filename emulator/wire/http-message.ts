/** An HTTP request with its whole body. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  /** The query string after the `?`, not decoded. */
  readonly query: string;
  /** Names in lower case; repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly sourceIp: string;
}

/** An HTTP answer. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Standard headers to omit, such as `date`; in lower case. */
  readonly omitted?: readonly string[];
  readonly body: string;
}

/** Answers requests for its own paths; `undefined` for all others. */
export type Endpoint = (request: HttpRequest) => HttpReply | undefined | Promise<HttpReply | undefined>;

/** An answer in JSON. */
export function jsonReply(status: number, value: unknown): HttpReply {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) };
}

/** An answer in plain text. */
export function textReply(status: number, body: string): HttpReply {
  return { status, headers: { 'content-type': 'text/plain' }, body };
}
