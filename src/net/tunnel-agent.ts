import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent, type AgentOptions, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connectRefusal, proxyAuthorization } from '../domain/endpoint/proxy.js';

/** Milliseconds until a proxy must have opened a tunnel, its own TLS handshake included. */
const tunnelTimeoutMs = 10_000;

/** A proxy that opened no tunnel; the code says why. */
class NoTunnel extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = code;
    this.code = code;
  }
}

/**
 * Connections to https addresses through a proxy: CONNECT first, then TLS with the address itself. A request fails with
 * the proxy's refusal, never with an answer in the name of the address. https://www.rfc-editor.org/rfc/rfc9110#CONNECT
 */
export class TunnelAgent extends Agent {
  readonly #proxy: URL;
  readonly #opening = new Set<ClientRequest>();

  constructor(proxy: string, options: AgentOptions) {
    super(options);
    this.#proxy = new URL(proxy);
  }

  override createConnection(
    options: AgentOptions & { readonly host?: string; readonly port?: number | string },
    callback: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    const port = options.port ?? 443;
    const host = options.host ?? '';
    this.#open(host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`).then(
      (socket) => callback(null, super.createConnection({ ...options, socket } as AgentOptions) as Duplex),
      (error: Error) => callback(error, undefined as unknown as Duplex),
    );
  }

  /** Ends the tunnels that are still being opened, too. */
  override destroy(): void {
    for (const request of this.#opening) {
      request.destroy();
    }
    super.destroy();
  }

  #open(authority: string): Promise<Socket> {
    const proxy = this.#proxy;
    const name = proxy.host;
    const request = (proxy.protocol === 'https:' ? httpsRequest : httpRequest)({
      method: 'CONNECT',
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
      path: authority,
      headers: { host: authority, ...proxyAuthorization(proxy) },
      agent: false,
    });
    this.#opening.add(request);
    return new Promise<Socket>((resolve, reject) => {
      const timer = setTimeout(() => {
        const seconds = tunnelTimeoutMs / 1000;
        request.destroy(new NoTunnel('ProxyTimeout', `no answer to CONNECT ${authority} within ${seconds} s`));
      }, tunnelTimeoutMs);
      request.once(
        'connect',
        ({ statusCode = 0, statusMessage = '' }: IncomingMessage, socket: Socket, head: Buffer) => {
          if (statusCode === 200) {
            socket.unshift(head);
            resolve(socket);
          } else {
            socket.destroy();
            const { code, message } = connectRefusal(statusCode, statusMessage, authority);
            reject(new NoTunnel(code, `the proxy ${name} ${message}`));
          }
        },
      );
      request.once('error', (error: NodeJS.ErrnoException) => {
        reject(new NoTunnel(error.code ?? error.name, `the proxy ${name}: ${error.message}`, { cause: error }));
      });
      request.once('close', () => clearTimeout(timer));
      request.end();
    }).finally(() => this.#opening.delete(request));
  }
}
