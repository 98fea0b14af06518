import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { HttpRequest } from './http-message.js';

/** A parsed SigV4 Authorization header. */
export interface Authorization {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const algorithm = 'AWS4-HMAC-SHA256';

/** Parses an Authorization header; `undefined` when it is not a complete SigV4 one. */
export function parseAuthorization(header: string): Authorization | undefined {
  if (!header.startsWith(`${algorithm} `)) {
    return undefined;
  }
  const fields = new Map(
    header
      .slice(algorithm.length)
      .split(',')
      .map((field) => field.trim().split(/=(.*)/s, 2) as [string, string]),
  );
  const [accessKeyId, date, region, service, end, ...rest] = (fields.get('Credential') ?? '').split('/');
  const signedHeaders = fields.get('SignedHeaders')?.split(';');
  const signature = fields.get('Signature');
  if (!accessKeyId || !date || region === undefined || service === undefined) {
    return undefined;
  }
  if (end !== 'aws4_request' || rest.length > 0 || !signedHeaders || !signature) {
    return undefined;
  }
  return { accessKeyId, date, region, service, signedHeaders, signature };
}

/** Whether the request's signature matches this secret key. */
export function signatureMatches(request: HttpRequest, authorization: Authorization, secretAccessKey: string): boolean {
  const { date, region, service, signedHeaders } = authorization;
  const toSign = [
    algorithm,
    request.headers['x-amz-date'] ?? '',
    `${date}/${region}/${service}/aws4_request`,
    sha256(canonicalRequest(request, signedHeaders)),
  ].join('\n');
  const steps = [date, region, service, 'aws4_request', toSign];
  const start: Uint8Array = Buffer.from(`AWS4${secretAccessKey}`);
  const signature = steps.reduce(hmac, start);
  const given = Buffer.from(authorization.signature, 'hex');
  return given.length === signature.length && timingSafeEqual(given, signature);
}

function canonicalRequest(request: HttpRequest, signedHeaders: readonly string[]): string {
  const given = new Map(Object.entries(request.headers));
  const headers = signedHeaders.map((name) => `${name}:${(given.get(name) ?? '').trim().replace(/ +/g, ' ')}\n`);
  return [
    request.method,
    request.path,
    canonicalQuery(request.query),
    headers.join(''),
    signedHeaders.join(';'),
    sha256(request.body),
  ].join('\n');
}

function canonicalQuery(query: string): string {
  return [...new URLSearchParams(query)]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: Uint8Array, text: string): Uint8Array {
  return createHmac('sha256', key).update(text).digest();
}
