import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as forward } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A TLS server on loopback. */
interface TlsServer {
  readonly url: string;
  readonly port: number;
  /** The file of its self-signed certificate. */
  readonly certificate: string;
  /** The number of TLS connections so far. */
  readonly connections: () => number;
}

/** Starts a TLS server with a self-signed certificate for some names. It forwards requests to an address, if given. */
export async function startTls({
  days = '1',
  behind,
  names = [],
}: {
  days?: string;
  behind?: string;
  names?: readonly string[];
} = {}): Promise<TlsServer> {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', days];
  const all = ['localhost', ...names].map((one) => `DNS:${one}`).join(',');
  const name = ['-subj', '/CN=localhost', '-addext', `subjectAltName=${all}`];
  execFileSync('openssl', ['req', '-x509', ...kind, ...name, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  let connections = 0;
  const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (incoming, response) => {
    const { method, headers, url = '/' } = incoming;
    const outgoing = forward(new URL(url, behind), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(outgoing);
  });
  server.on('secureConnection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `https://localhost:${port}`, port, certificate, connections: () => connections };
}
