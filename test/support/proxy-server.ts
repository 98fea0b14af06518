import { once } from 'node:events';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** An HTTP proxy on loopback that records its requests. */
export interface HttpProxy {
  readonly port: number;
  /** `METHOD address` of each request, in order: `POST http://…` when forwarded, `CONNECT host:port` for a tunnel. */
  readonly asked: readonly string[];
  /** The `Proxy-Authorization` header of each request. */
  readonly authorizations: readonly (string | undefined)[];
}

/**
 * Starts a proxy that forwards http and tunnels https, and ends with the test. Every tunnel ends at `tunnelPort`,
 * whatever its host; without a port, tunnels are refused with 403.
 */
export async function startProxy(tunnelPort?: number): Promise<HttpProxy> {
  const asked: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const record = ({ method, url, headers }: IncomingMessage) => {
    asked.push(`${method} ${url}`);
    authorizations.push(headers['proxy-authorization']);
  };
  const server = createServer((incoming, response) => {
    record(incoming);
    passOn(incoming, response);
  });
  server.on('connect', (incoming: IncomingMessage, socket: Socket) => {
    record(incoming);
    socket.on('error', () => socket.destroy());
    if (tunnelPort === undefined) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    } else {
      tunnel(socket, tunnelPort);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, asked, authorizations };
}

function passOn(incoming: IncomingMessage, response: ServerResponse): void {
  const outgoing = forward(incoming.url ?? '', { method: incoming.method, headers: incoming.headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  outgoing.on('error', () => response.destroy());
  incoming.pipe(outgoing);
}

function tunnel(socket: Socket, port: number): void {
  const upstream = connect(port, '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    socket.pipe(upstream).pipe(socket);
  });
  upstream.on('error', () => socket.destroy());
  socket.on('close', () => upstream.destroy());
}
