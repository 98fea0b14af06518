import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type ProxySettings, proxyFor } from '../domain/proxy.js';

/** The connections of a step: one pool for every address it asks, kept alive from hop to hop. */
export interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
  /** Ends every connection, stalled ones included. */
  readonly close: () => void;
}

const options = { keepAlive: true, maxSockets: 16 } as const;

/** Opens the pool for the addresses that will be asked; the proxy libraries are loaded only where one of them has a proxy. */
export async function openAgents(addresses: readonly URL[], proxy: ProxySettings): Promise<Agents> {
  const proxies = { http: proxyOf('http:', addresses, proxy), https: proxyOf('https:', addresses, proxy) };
  const http =
    proxies.http === undefined
      ? new HttpAgent(options)
      : new (await import('http-proxy-agent')).HttpProxyAgent(proxies.http, options);
  const https =
    proxies.https === undefined
      ? new HttpsAgent(options)
      : new (await import('https-proxy-agent')).HttpsProxyAgent(proxies.https, options);
  return {
    http: http as HttpAgent,
    https: https as HttpsAgent,
    close: () => {
      http.destroy();
      https.destroy();
    },
  };
}

function proxyOf(protocol: string, addresses: readonly URL[], proxy: ProxySettings): string | undefined {
  return addresses
    .filter((address) => address.protocol === protocol)
    .map((address) => proxyFor(address, proxy))
    .find((found) => found !== undefined);
}
