import { request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ProxySettings } from '../../src/domain/endpoint/proxy.js';
import { openAgents } from '../../src/net/agents.js';
import { serve, serveProxy } from '../support/servers.js';

async function open(addresses: readonly string[], proxy: ProxySettings) {
  const urls = addresses.map((address) => new URL(address));
  const agents = await openAgents(urls, proxy);
  onTestFinished(() => agents.close());
  const get = (address: string) =>
    new Promise<string>((resolve, reject) => {
      const url = new URL(address);
      request(url, { agent: agents.to(url).http }, (response) => {
        response.setEncoding('utf8');
        let body = '';
        response.on('data', (text: string) => {
          body += text;
        });
        response.on('end', () => resolve(body));
      })
        .on('error', reject)
        .end();
    });
  return { agents, get };
}

it('calls one after the other share a connection', async () => {
  const server = await serve((_, response) => response.end('direct'));
  const { get } = await open([server.url], { exceptions: [] });
  for (let call = 0; call < 5; call += 1) {
    expect(await get(server.url)).toBe('direct');
  }
  expect(server.connections()).toBe(1);
});

it('closing ends a call that stalls', async () => {
  const server = await serve(() => undefined);
  const { agents, get } = await open([server.url], { exceptions: [] });
  const call = get(server.url).catch((error: NodeJS.ErrnoException) => error.code);
  await expect.poll(() => server.requests.length, { timeout: 15_000 }).toBe(1);
  agents.close();
  expect(await call).toBe('ECONNRESET');
});

describe('a proxy', () => {
  it('is asked for what lies behind it, with its user name and password', async () => {
    const [server, proxy] = [await serve((_, response) => response.end('direct')), await serveProxy()];
    const withUser = proxy.url.replace('http://', 'http://user:p%40ss@');
    const { get } = await open([server.url], { http: withUser, exceptions: [] });
    expect(await get(`${server.url}/path`)).toBe('by the proxy');
    expect(proxy.asked).toEqual([`GET ${server.url}/path`]);
    const basic = Buffer.from('user:p@ss').toString('base64');
    expect(proxy.requests[0]?.headers['proxy-authorization']).toBe(`Basic ${basic}`);
    expect(server.requests).toEqual([]);
  });

  it('is not asked for a host of no-proxy, also where another host needs it', async () => {
    const answer = await serve((_, response) => response.end('direct'));
    const behind = await serve((_, response) => response.end('never asked'));
    const proxy = await serveProxy();
    const { get } = await open([behind.url, answer.url], { http: proxy.url, exceptions: [answer.host] });
    expect(await get(answer.url)).toBe('direct');
    expect(await get(behind.url)).toBe('by the proxy');
    expect(proxy.asked).toEqual([`GET ${behind.url}/`]);
  });
});
