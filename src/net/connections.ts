import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type ProxySettings, proxyFor } from '../domain/endpoint/proxy.js';
import { TunnelAgent } from './tunnel-agent.js';

/** Connections for either protocol, kept alive from call to call. */
export interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

/** How an address is asked. */
export interface Route {
  readonly agents: Agents;
  /** The proxy that is sent the request itself: an http address has no tunnel. */
  readonly forwarder?: URL;
}

/** The connections of a step. */
export interface Connections {
  readonly to: (address: URL) => Route;
  /** Ends every connection, stalled ones and those still being opened too. */
  readonly close: () => void;
}

const options = { keepAlive: true, maxSockets: 40 } as const;

/** Opens the connections of a step; nothing is connected before it is asked. */
export function openConnections(proxy: ProxySettings): Connections {
  const direct: Agents = { http: new HttpAgent(options), https: new HttpsAgent(options) };
  const tunnels = new Map<string, TunnelAgent>();
  const tunnel = (address: string) => {
    const agent = tunnels.get(address) ?? new TunnelAgent(address, options);
    tunnels.set(address, agent);
    return agent;
  };
  return {
    to: (address) => {
      const through = proxyFor(address, proxy);
      if (through === undefined) {
        return { agents: direct };
      }
      return address.protocol === 'https:'
        ? { agents: { ...direct, https: tunnel(through) } }
        : { agents: direct, forwarder: new URL(through) };
    },
    close: () => {
      for (const agent of [direct.http, direct.https, ...tunnels.values()]) {
        agent.destroy();
      }
    },
  };
}
