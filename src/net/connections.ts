import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type ProxySettings, proxyFor } from '../domain/endpoint/proxy.js';
import { connectEarly } from './early-connection.js';
import { openTunnelAgent } from './tunnel-agent.js';

/** Keep-alive agents for both protocols. */
export interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

/** How to connect to an address. */
export interface Route {
  readonly agents: Agents;
  /** The proxy that receives the request itself: an http address has no tunnel. */
  readonly forwarder?: URL;
}

/** The connections of a step. */
export interface Connections {
  readonly to: (address: URL) => Route;
  /** Connects to an address before its first request; does nothing for an address behind a proxy. */
  readonly prepare: (address: URL) => void;
  /** Closes every connection, including stalled and opening ones. */
  readonly close: () => void;
}

const options = { keepAlive: true, maxSockets: 40 } as const;

/** Creates the connections of a step; connects on demand. */
export function openConnections(proxy: ProxySettings): Connections {
  const opened: (HttpAgent | HttpsAgent)[] = [];
  const early: (() => void)[] = [];
  const keep = <A extends HttpAgent | HttpsAgent>(agent: A): A => {
    opened.push(agent);
    return agent;
  };
  const direct = onFirstUse({
    http: () => keep(new HttpAgent(options)),
    https: () => keep(new HttpsAgent(options)),
  });
  const tunnels = new Map<string, HttpsAgent>();
  const tunnel = (address: string) => {
    const agent = tunnels.get(address) ?? keep(openTunnelAgent(new URL(address), options));
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
        ? { agents: onFirstUse({ http: () => direct.http, https: () => tunnel(through) }) }
        : { agents: direct, forwarder: new URL(through) };
    },
    prepare: (address) => {
      if (proxyFor(address, proxy) === undefined) {
        early.push(connectEarly(address.protocol === 'https:' ? direct.https : direct.http, address));
      }
    },
    close: () => {
      for (const end of early) {
        end();
      }
      for (const agent of opened) {
        agent.destroy();
      }
    },
  };
}

/** Loaded on demand: a step rarely needs both protocols, and Node's modules take milliseconds to load. */
function onFirstUse(open: { readonly [Protocol in keyof Agents]: () => Agents[Protocol] }): Agents {
  const found: { -readonly [Protocol in keyof Agents]?: Agents[Protocol] } = {};
  return {
    get http() {
      found.http ??= open.http();
      return found.http;
    },
    get https() {
      found.https ??= open.https();
      return found.https;
    },
  };
}
