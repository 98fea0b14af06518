import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** The behaviour of an instance metadata service. */
interface MetadataAnswers {
  /** The delay of each answer in milliseconds. */
  readonly delayMs?: number;
  /** Whether the IMDSv2 token never arrives, as with a hop limit of 1, while IMDSv1 is allowed. */
  readonly losesTokens?: boolean;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
}

/** Starts an instance metadata service on loopback that ends with the test. Resolves to its address. */
export async function startMetadataService({
  delayMs = 0,
  losesTokens,
  credentials,
}: MetadataAnswers): Promise<string> {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const keys = {
    Code: 'Success',
    Type: 'AWS-HMAC',
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    Token: sessionToken,
    Expiration: new Date(Date.now() + 6 * 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z'),
    LastUpdated: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
  };
  const later = (response: ServerResponse, text: string) => setTimeout(() => response.end(text), delayMs).unref();
  const server = createServer((request, response) => {
    if (request.method === 'PUT') {
      if (!losesTokens) {
        later(response, 'token');
      }
    } else {
      later(response, request.url?.endsWith('/runner') ? JSON.stringify(keys) : 'runner');
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
