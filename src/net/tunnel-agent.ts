import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent, type AgentOptions, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connectRefusal, proxyAuthorization } from '../domain/proxy/proxy.js';

/** Timeout in milliseconds for opening a tunnel, including the TLS handshake with the proxy. */
const tunnelTimeoutMs = 10_000;

/** The error of a proxy that did not open a tunnel; its code is the reason. */
class NoTunnel extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = code;
    this.code = code;
  }
}

/**
 * Creates an agent that connects to https addresses through a proxy: CONNECT first, then TLS with the address. If the
 * proxy refuses, a request fails with an error that names the proxy. https://www.rfc-editor.org/rfc/rfc9110#CONNECT
 */
export function openTunnelAgent(proxy: URL, options: AgentOptions): Agent {
  const opening = new Set<ClientRequest>();
  const agent = new Agent(options);
  const { createConnection, destroy } = agent;
  return Object.assign(agent, {
    createConnection(
      to: AgentOptions & { readonly host?: string; readonly port?: number | string },
      callback: (error: Error | null, socket: Duplex) => void,
    ): undefined {
      const port = to.port ?? 443;
      const host = to.host ?? '';
      openTunnel(proxy, host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`, opening).then(
        (socket) => callback(null, createConnection.call(agent, { ...to, socket } as AgentOptions) as Duplex),
        (error: Error) => callback(error, undefined as unknown as Duplex),
      );
    },
    /** Also closes tunnels that are still opening. */
    destroy(): void {
      for (const request of opening) {
        request.destroy();
      }
      destroy.call(agent);
    },
  });
}

function openTunnel(proxy: URL, authority: string, opening: Set<ClientRequest>): Promise<Socket> {
  const request = (proxy.protocol === 'https:' ? httpsRequest : httpRequest)({
    method: 'CONNECT',
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
    path: authority,
    headers: { host: authority, ...proxyAuthorization(proxy) },
    agent: false,
  });
  opening.add(request);
  return new Promise<Socket>((resolve, reject) => {
    const timer = setTimeout(() => {
      const seconds = tunnelTimeoutMs / 1000;
      request.destroy(new NoTunnel('ProxyTimeout', `no answer to CONNECT ${authority} within ${seconds} s`));
    }, tunnelTimeoutMs);
    request.once('connect', ({ statusCode = 0, statusMessage = '' }: IncomingMessage, socket: Socket, head: Buffer) => {
      if (statusCode === 200) {
        socket.unshift(head);
        resolve(socket);
      } else {
        socket.destroy();
        const { code, message } = connectRefusal(statusCode, statusMessage, authority);
        reject(new NoTunnel(code, `the proxy ${proxy.host} ${message}`));
      }
    });
    request.once('error', (error: NodeJS.ErrnoException) => {
      reject(new NoTunnel(error.code ?? error.name, `the proxy ${proxy.host}: ${error.message}`, { cause: error }));
    });
    request.once('close', () => clearTimeout(timer));
    request.end();
  }).finally(() => opening.delete(request));
}
