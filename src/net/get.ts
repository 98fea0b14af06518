import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { AnswerTooLarge } from '../domain/calls/call-failure.js';
import { proxyAuthorization } from '../domain/proxy/proxy.js';
import type { Connections } from './connections.js';

/** One HTTP GET request. */
export interface GetRequest {
  readonly address: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: Connections;
  readonly signal: AbortSignal;
  /** Maximum bytes of the body; a longer answer is an `AnswerTooLarge`. */
  readonly limitBytes: number;
}

/** The status and the complete body of an answer. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** Sends a GET, follows no redirect, and reads the complete answer; rejects with Node's connection error. */
export function get({ address, headers, connections, signal, limitBytes }: GetRequest): Promise<HttpAnswer> {
  const { agents, forwarder } = connections.to(address);
  const isHttps = (forwarder ?? address).protocol === 'https:';
  const send = isHttps ? httpsRequest : httpRequest;
  const options: RequestOptions = {
    headers,
    signal,
    agent: isHttps ? agents.https : agents.http,
    ...(forwarder && forwarded(address, forwarder, headers)),
  };
  return new Promise((resolve, reject) => {
    const outgoing = send(forwarder === undefined ? address : new URL(forwarder.origin), options, (incoming) =>
      read(incoming, limitBytes).then(resolve, reject),
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}

/**
 * The options of a request through a proxy without a tunnel: the whole address takes the place of the path.
 * https://www.rfc-editor.org/rfc/rfc9112#absolute-form
 */
function forwarded(address: URL, proxy: URL, headers: Readonly<Record<string, string>>): RequestOptions {
  return { path: address.href, headers: { host: address.host, ...headers, ...proxyAuthorization(proxy) } };
}

function read(incoming: IncomingMessage, limitBytes: number): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > limitBytes) {
        incoming.destroy(new AnswerTooLarge(limitBytes));
      }
    });
    incoming.on('end', () =>
      resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
    );
    incoming.on('error', reject);
  });
}
