import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

const channel = 'http.server.request.start';
const inXml = /<(?:AccessKeyId|SecretAccessKey|SessionToken)>([^<]+)</g;
const inJson = /"(?:AccessKeyId|SecretAccessKey|Token|value)":"([^"]+)"/g;

/** Every secret that crossed the wire from a server of this process: keys, session tokens, ID tokens. */
export interface Minted {
  readonly secrets: ReadonlySet<string>;
  readonly stop: () => void;
}

/**
 * Listens to the answers of the server at a port. What is on the wire is what a step can know, whoever made it, so
 * this needs no help from the server; an answer nobody waits for any more does not count.
 */
export function listenForSecrets(port: number): Minted {
  const secrets = new Set<string>();
  const onRequest = (message: unknown): void => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    if (request.socket.localPort === port) {
      onAnswer(response, (body) => collect(body, secrets));
    }
  };
  subscribe(channel, onRequest);
  return { secrets, stop: () => unsubscribe(channel, onRequest) };
}

function onAnswer(response: ServerResponse, hear: (body: string) => void): void {
  const end = response.end.bind(response) as (...parts: unknown[]) => ServerResponse;
  response.end = (...parts: unknown[]) => {
    if (response.socket?.writable === true) {
      hear(String(parts[0] ?? ''));
    }
    return end(...parts);
  };
}

function collect(body: string, secrets: Set<string>): void {
  const pattern = body.startsWith('{') ? inJson : inXml;
  for (const [, secret = ''] of body.matchAll(pattern)) {
    secrets.add(secret);
  }
}
