import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect as connectTo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';

/** A server on loopback for one test: its address, and the number of its connections. */
interface LoopbackServer {
  readonly url: string;
  readonly host: string;
  readonly connections: () => number;
  /** The number of open connections. */
  readonly open: () => number;
  /** Closes all of them. */
  readonly drop: () => void;
  readonly requests: readonly IncomingMessage[];
}

/** Starts a server for one test; all its connections end with the test, including stalled ones. */
export async function serve(answer: RequestListener): Promise<LoopbackServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    requests.push(request);
    answer(request, response);
  });
  return { ...(await listen(server)), requests };
}

/** An HTTP proxy for one test: answers forwarded requests, handles tunnels with `connect`, and records requests. */
export async function serveProxy({
  connect = tunnel,
}: {
  connect?: (client: Duplex, authority: string) => void;
} = {}): Promise<LoopbackServer & { readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    asked.push(`${request.method} ${request.url}`);
    response.end('by the proxy');
  });
  server.on('connect', (request: IncomingMessage, client: Duplex) => {
    requests.push(request);
    asked.push(`CONNECT ${request.url}`);
    client.on('error', () => client.destroy());
    connect(client, request.url ?? '');
  });
  return { ...(await listen(server)), requests, asked };
}

function tunnel(client: Duplex, authority: string): void {
  const [host = '', port = ''] = authority.split(':');
  const upstream = connectTo(Number(port), host, () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    upstream.pipe(client).pipe(upstream);
  });
  upstream.on('error', () => client.destroy());
  client.on('close', () => upstream.destroy());
}

async function listen(server: Server): Promise<Omit<LoopbackServer, 'requests'>> {
  const sockets = new Set<Socket>();
  let count = 0;
  server.on('connection', (socket: Socket) => {
    count += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const drop = () => {
    for (const socket of sockets) {
      socket.destroy();
    }
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    const closed = once(server, 'close');
    server.close();
    drop();
    await closed;
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `http://${host}`, host, connections: () => count, open: () => sockets.size, drop };
}
