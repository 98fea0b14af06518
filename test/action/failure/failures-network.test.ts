import { once } from 'node:events';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deploy, hub, keys } from '../../support/example-world.js';
import { explained } from '../../support/explained.js';
import { startTls } from '../../support/tls-server.js';

const signed = { ...keys, 'role-to-assume': deploy };

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A proxy that answers every CONNECT with the given status. */
async function proxyOf(status: string): Promise<string> {
  const server = createHttpServer();
  server.on('connect', (_, socket) =>
    socket.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`),
  );
  return `http://127.0.0.1:${await portOf(server)}`;
}

async function tokenService(status: number, body: string): Promise<Record<string, string>> {
  const server = createHttpServer((_, response) => {
    response.writeHead(status).end(body);
  });
  return { ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${await portOf(server)}/token?api-version=2.0` };
}

describe('a connection to AWS that fails', () => {
  it('says that nothing listens', async () => {
    const server = createHttpServer();
    const port = await portOf(server);
    server.close();
    const { story } = await explained({ inputs: { ...signed, 'sts-endpoint': `http://127.0.0.1:${port}` } });
    expect(story).toContain('The connection was refused');
    expect(story).toContain(`ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:${port}`);
  });

  it('says that the name cannot be resolved', async () => {
    const { story } = await explained({ inputs: { ...signed, 'sts-endpoint': 'https://sts.nowhere.invalid' } });
    expect(story).toContain('DNS could not resolve the host name');
    expect(story).toContain('sts.nowhere.invalid');
  });

  it('says that the proxy requires a password', async () => {
    const proxy = await proxyOf('407 Proxy Authentication Required');
    const inputs = { ...signed, 'sts-endpoint': 'https://sts.example.invalid', 'http-proxy': proxy };
    expect((await explained({ inputs })).title).toContain('The proxy requires authentication');
  });

  it('says that the proxy forbids the tunnel, and that AWS sent no answer', async () => {
    const proxy = await proxyOf('403 Forbidden');
    const inputs = { ...signed, 'sts-endpoint': 'https://sts.example.invalid', 'http-proxy': proxy };
    const { story } = await explained({ inputs });
    expect(story).toContain('The proxy refused the connection');
    expect(story).toContain('answered CONNECT sts.example.invalid:443 with HTTP 403 Forbidden');
    expect(story).not.toContain('AWS said');
  });

  it("says that the certificate's issuer is not trusted", async () => {
    const { story } = await explained({ inputs: { ...signed, 'sts-endpoint': (await startTls({ days: '30' })).url } });
    expect(story).toContain('Untrusted certificate');
    expect(story).toContain('NODE_EXTRA_CA_CERTS');
    expect(story).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
  });

  it('says that the address does not use TLS', async () => {
    const port = await portOf(createHttpServer());
    const { story } = await explained({ inputs: { ...signed, 'sts-endpoint': `https://localhost:${port}` } });
    expect(story).toContain('The TLS handshake failed');
  });

  it("says that the step's own deadline has passed, and at which call", async () => {
    const { story, title } = await explained({
      inputs: { 'role-chain': `${hub}\n${deploy}` },
      deadlineMs: 3_000,
      prepare: ({ faults }) => faults.add({ operation: 'AssumeRole', fault: { kind: 'stall' } }),
    });
    expect(title).toBe('Hop 2 of 2: The step timed out (DeadlineExceeded)');
    expect(story).toContain('action-timeout-s');
  });
});

describe('a token service that returns no token', () => {
  const json = (message: string) => JSON.stringify({ source: 'actions-token-service', errorMessage: message });

  it.each<[number, string, string, string]>([
    [400, json('audience x is not allowed'), 'refused the audience', 'audience x is not allowed'],
    [403, json('Resource not accessible by integration'), 'This job may not request', 'Resource not accessible by int'],
    [401, json('the job has completed'), 'The token service says that the job has ended', 'the job has completed'],
    [403, 'no', 'The token service refused to issue an ID token', 'RequestTokenRefused: no'],
    [404, '<html><head><title>Sign in</title>', 'The token service returned no token', 'a web page: Sign in'],
    [503, json('down for repairs'), 'The token service failed', 'HTTP 503: down for repairs'],
    [200, '<html>', 'The token service returned no token', 'the token service answered without a token'],
    [200, 'x'.repeat(70_000), 'The token service returned no token', 'larger than 65536 bytes'],
  ])('but HTTP %i %s is quoted, with a matching cause', async (status, body, title, words) => {
    const environment = await tokenService(status, body);
    const explanation = await explained({ inputs: { 'role-to-assume': hub, 'disable-retry': 'true' }, environment });
    expect(explanation.title).toContain('Hop 1 of 1, ID token: ');
    expect(explanation.title).toContain(title);
    expect(explanation.story).toContain(words);
    expect(explanation.story).not.toContain('AWS said');
  });
});

describe('a base identity', () => {
  const container = { 'credential-source': 'EcsContainer', 'role-to-assume': deploy };

  it('that is missing is reported with the ways to provide one', async () => {
    const { title, story } = await explained({
      inputs: container,
      environment: { ACTIONS_ID_TOKEN_REQUEST_URL: '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' },
    });
    expect(title).toBe('Base identity: No credentials found (CredentialsNotFound)');
    expect(story).toContain('id-token: write');
  });

  it('that is missing is never explained by a permission that the job has', async () => {
    const { story } = await explained({ inputs: container });
    expect(story).toContain('No credentials found');
    expect(story).not.toMatch(/permission|id-token: write/);
  });

  it('in a missing file is reported with the path', async () => {
    const { story } = await explained({
      inputs: { 'credential-source': 'web-identity', 'web-identity-token-file': '/none/token', 'role-to-assume': hub },
    });
    expect(story).toContain('The step cannot use the token file');
    expect(story).toContain('/none/token');
  });
});
