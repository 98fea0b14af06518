import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

const channel = 'http.server.request.start';
const inXml = /<(?:AccessKeyId|SecretAccessKey|SessionToken)>([^<]+)</g;
const inJson = /"(?:AccessKeyId|SecretAccessKey|Token|value)":"([^"]+)"/g;

/** Every secret that the servers of this process sent: keys, session tokens, ID tokens. */
export interface SentSecrets {
  readonly secrets: ReadonlySet<string>;
  readonly stop: () => void;
}

/**
 * Records the answers of the server at a port. It reads the socket, so it needs no help from the server and sees what
 * the step sees. Answers to closed connections do not count.
 */
export function listenForSecrets(port: number): SentSecrets {
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
