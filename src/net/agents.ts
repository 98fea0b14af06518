import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type ProxySettings, proxyFor } from '../domain/endpoint/proxy.js';

/** Connections for either protocol, kept alive from hop to hop. */
export interface Pools {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

/** The connections of a step: one pool for every address that is asked directly, one for those behind the proxy. */
export interface Agents {
  /** The pools an address is asked through. */
  readonly to: (address: URL) => Pools;
  /** Ends every connection, stalled ones included. */
  readonly close: () => void;
}

const options = { keepAlive: true, maxSockets: 16 } as const;

/** Opens the pools for the addresses that will be asked; the proxy libraries are loaded only where one of them has a proxy. */
export async function openAgents(addresses: readonly URL[], proxy: ProxySettings): Promise<Agents> {
  const direct: Pools = { http: new HttpAgent(options), https: new HttpsAgent(options) };
  const http = proxyOf('http:', addresses, proxy);
  const https = proxyOf('https:', addresses, proxy);
  const proxied = {
    http: http === undefined ? direct.http : new (await import('http-proxy-agent')).HttpProxyAgent(http, options),
    https: https === undefined ? direct.https : await openTunnels(https),
  } as Pools;
  return {
    to: (address) => (proxyFor(address, proxy) === undefined ? direct : proxied),
    close: () => {
      for (const agent of [direct.http, direct.https, proxied.http, proxied.https]) {
        agent.destroy();
      }
    },
  };
}

/** Tunnels through a proxy. */
async function openTunnels(proxy: string): Promise<object> {
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  // The library guesses by the caller which protocol a socket is for, is wrong when one comes back to the pool, and never
  // finds it there again.
  return Object.assign(new HttpsProxyAgent(proxy, options), { isSecureEndpoint: () => true });
}

function proxyOf(protocol: string, addresses: readonly URL[], proxy: ProxySettings): string | undefined {
  return addresses
    .filter((address) => address.protocol === protocol)
    .map((address) => proxyFor(address, proxy))
    .find((found) => found !== undefined);
}
