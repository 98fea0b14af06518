import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type ProxySettings, proxyFor } from '../domain/proxy/proxy.js';
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
  /** The proxy to send the request to, if the address is http and behind a proxy; https uses a tunnel of the agent. */
  readonly forwarder?: URL;
}

/** The connections of a step. */
export interface Connections {
  /** Returns how to connect to an address; connects to nothing yet. */
  readonly to: (address: URL) => Route;
  /** Connects to an address before its first request; does nothing for an address behind a proxy. */
  readonly prepare: (address: URL) => void;
  /** Closes every connection, also those that are stalled or still opening. */
  readonly close: () => void;
}

const options = { keepAlive: true, maxSockets: 40 } as const;

/** Creates the connections of a step, which are opened on demand. */
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
  const tunnel = oncePerAddress((address) => keep(openTunnelAgent(new URL(address), options)));
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

/** Makes agents that are created at first use: a step rarely needs both protocols, and each takes time to load. */
function onFirstUse(open: { readonly [Protocol in keyof Agents]: () => Agents[Protocol] }): Agents {
  const opened: { -readonly [Protocol in keyof Agents]?: Agents[Protocol] } = {};
  return {
    get http() {
      opened.http ??= open.http();
      return opened.http;
    },
    get https() {
      opened.https ??= open.https();
      return opened.https;
    },
  };
}

/** One agent for each proxy, so that all hops share its tunnels. */
function oncePerAddress(open: (address: string) => HttpsAgent): (address: string) => HttpsAgent {
  const opened = new Map<string, HttpsAgent>();
  return (address) => {
    const agent = opened.get(address) ?? open(address);
    opened.set(address, agent);
    return agent;
  };
}
