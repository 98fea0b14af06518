import { createHash, createHmac } from 'node:crypto';
import { botKeys, type Keys } from './sts-client.js';

interface Signing {
  readonly keys?: Keys;
  readonly region?: string;
  readonly service?: string;
  readonly at?: number;
  /** The date of the scope, `YYYYMMDD`; default the day of `at`. */
  readonly date?: string;
  /** Default `host` and `x-amz-date`. */
  readonly signedHeaders?: readonly string[];
}

/** A POST with a signature made here, so that scope, clock and token can be wrong. */
export function post(url: string, body: string, signing: Signing = {}): Promise<Response> {
  const { keys = botKeys, region = 'us-east-1', service = 'sts', at = Date.now() } = signing;
  const time = new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const { date = time.slice(0, 8), signedHeaders = ['host', 'x-amz-date'] } = signing;
  const scope = `${date}/${region}/${service}/aws4_request`;
  const values: ReadonlyMap<string, string> = new Map([
    ['host', new URL(url).host],
    ['x-amz-date', time],
  ]);
  const lines = signedHeaders.map((name) => `${name}:${values.get(name) ?? ''}\n`).join('');
  const names = signedHeaders.join(';');
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const canonical = `POST\n/\n\n${lines}\n${names}\n${hash(body)}`;
  const toSign = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hash(canonical)}`;
  const key = [...scope.split('/'), toSign].reduce(
    (secret: string | Uint8Array, text) => createHmac('sha256', secret).update(text).digest(),
    `AWS4${keys.secretAccessKey}`,
  );
  return fetch(url, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-amz-date': time,
      authorization: `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${Buffer.from(key).toString('hex')}`,
      ...(keys.sessionToken !== undefined && { 'x-amz-security-token': keys.sessionToken }),
    },
  });
}

/** The form body of an STS call. */
export function form(parameters: Record<string, string>, action = 'AssumeRole'): string {
  return new URLSearchParams({ Action: action, Version: '2011-06-15', ...parameters }).toString();
}

/** Code and message of an error response. */
export async function errorOf(
  response: Response,
): Promise<{ status: number; code: string; message: string | undefined }> {
  const text = await response.text();
  const find = (name: string) => new RegExp(`<${name}>([^]*?)</${name}>`).exec(text)?.[1];
  const message = find('Message')?.replaceAll('&apos;', "'").replaceAll('&quot;', '"');
  return { status: response.status, code: find('Code') ?? '', message };
}
