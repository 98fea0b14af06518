/** A request as it came over HTTP, body complete. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  /** What follows the `?`, still encoded. */
  readonly query: string;
  /** Names in lower case; repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly sourceIp: string;
}

/** An answer to be sent. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Headers, in lower case, that are left out although every answer has them, such as `date`. */
  readonly omitted?: readonly string[];
  readonly body: string;
}

/** An answer in JSON. */
export function jsonReply(status: number, value: unknown): HttpReply {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) };
}

/** An answer in plain text. */
export function textReply(status: number, body: string): HttpReply {
  return { status, headers: { 'content-type': 'text/plain' }, body };
}
