import type { Agent } from 'node:http';
import { isIP } from 'node:net';
import { sinceStart } from '../process/clock.js';

/** Maximum age in milliseconds of an unused connection: servers close idle connections, AWS after about 20 s. */
const freshMs = 5_000;

/**
 * Connects to an address before its first request, so that the request does not wait for DNS, TCP and TLS. Sends no
 * request. If this fails, the first request connects itself, and reports why. Returns what closes the connection.
 */
export function connectEarly(agent: Agent, address: URL): () => void {
  const host = address.hostname.replace(/^\[|\]$/g, '');
  const port = Number(address.port || (address.protocol === 'https:' ? 443 : 80));
  const { createConnection } = agent;
  const openedAt = sinceStart();
  const { options: given } = agent as unknown as { readonly options: object };
  const socket = createConnection.call(agent, {
    ...given,
    host,
    port,
    servername: isIP(host) === 0 ? host : '',
  });
  socket?.on('error', () => undefined);
  agent.createConnection = (options, callback) => {
    if (options.host !== host || Number(options.port) !== port) {
      return createConnection.call(agent, options, callback);
    }
    agent.createConnection = createConnection;
    if (socket && !socket.destroyed && sinceStart() - openedAt < freshMs) {
      return socket;
    }
    socket?.destroy();
    return createConnection.call(agent, options, callback);
  };
  return () => socket?.destroy();
}
