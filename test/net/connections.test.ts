import { describe, expect, it, onTestFinished } from 'vitest';
import type { ProxySettings } from '../../src/domain/proxy/proxy.js';
import { openConnections } from '../../src/net/connections.js';
import { get } from '../../src/net/get.js';
import { serve, serveProxy } from '../support/servers.js';

function open(proxy: ProxySettings, limitBytes = 1_000) {
  const connections = openConnections(proxy);
  onTestFinished(() => connections.close());
  const ask = async (address: string, signal = new AbortController().signal) =>
    (await get({ address: new URL(address), headers: {}, connections, signal, limitBytes })).body;
  return { connections, ask };
}

const codeOf = (call: Promise<unknown>) => call.catch((error: NodeJS.ErrnoException) => error.code);

it('consecutive calls share a connection', async () => {
  const server = await serve((_, response) => response.end('direct'));
  const { ask } = open({ exceptions: [] });
  for (let call = 0; call < 5; call += 1) {
    expect(await ask(server.url)).toBe('direct');
  }
  expect(server.connections()).toBe(1);
});

describe('an early connection', () => {
  it('carries the first call', async () => {
    const server = await serve((_, response) => response.end('direct'));
    const { connections, ask } = open({ exceptions: [] });
    connections.prepare(new URL(server.url));
    await expect.poll(() => server.connections(), { timeout: 15_000 }).toBe(1);
    expect(server.requests).toHaveLength(0);
    expect(await ask(server.url)).toBe('direct');
    expect(await ask(server.url)).toBe('direct');
    expect(server.connections()).toBe(1);
  });

  it('that the server closed is not used', async () => {
    const server = await serve((_, response) => response.end('direct'));
    const { connections, ask } = open({ exceptions: [] });
    connections.prepare(new URL(server.url));
    await expect.poll(() => server.connections(), { timeout: 15_000 }).toBe(1);
    server.drop();
    await expect.poll(() => ask(server.url)).toBe('direct');
    expect(server.connections()).toBeGreaterThan(1);
  });

  it('that fails is ignored: the call itself reports the failure', async () => {
    const { connections, ask } = open({ exceptions: [] });
    connections.prepare(new URL('http://127.0.0.1:1'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await codeOf(ask('http://127.0.0.1:1'))).toBe('ECONNREFUSED');
  });

  it('is not opened for an address that needs a proxy', async () => {
    const proxy = await serveProxy();
    const { connections, ask } = open({ http: proxy.url, exceptions: [] });
    connections.prepare(new URL('http://sts.example'));
    expect(await ask('http://sts.example')).toBe('by the proxy');
    expect(proxy.connections()).toBe(1);
  });

  it('is closed with the others', async () => {
    const server = await serve((_, response) => response.end('direct'));
    const { connections } = open({ exceptions: [] });
    connections.prepare(new URL(server.url));
    await expect.poll(() => server.connections(), { timeout: 15_000 }).toBe(1);
    connections.close();
    await expect.poll(() => server.open(), { timeout: 15_000 }).toBe(0);
  });
});

it('closing ends a stalled call', async () => {
  const server = await serve(() => undefined);
  const { connections, ask } = open({ exceptions: [] });
  const call = codeOf(ask(server.url));
  await expect.poll(() => server.requests.length, { timeout: 15_000 }).toBe(1);
  connections.close();
  expect(await call).toBe('ECONNRESET');
});

it('an answer is read up to its limit, and no further', async () => {
  const server = await serve((request, response) => response.end('x'.repeat(Number(request.url?.slice(1)))));
  const { ask } = open({ exceptions: [] }, 1_000_000);
  expect(await ask(`${server.url}/1000000`)).toHaveLength(1_000_000);
  await expect(ask(`${server.url}/20000000`)).rejects.toThrow('larger than 1000000 bytes');
});

describe('a proxy', () => {
  it('gets a request for an http address, with its user name and password', async () => {
    const proxy = await serveProxy();
    const { ask } = open({ http: proxy.url.replace('http://', 'http://user:p%40ss%@'), exceptions: [] });
    expect(await ask('http://tokens.example/path?a=b')).toBe('by the proxy');
    expect(proxy.asked).toEqual(['GET http://tokens.example/path?a=b']);
    expect(proxy.requests[0]?.headers.host).toBe('tokens.example');
    const basic = Buffer.from('user:p@ss%').toString('base64');
    expect(proxy.requests[0]?.headers['proxy-authorization']).toBe(`Basic ${basic}`);
  });

  it('is not used for a loopback address, in any notation', async () => {
    const server = await serve((_, response) => response.end('direct'));
    const proxy = await serveProxy();
    const { ask } = open({ http: proxy.url, https: proxy.url, exceptions: [] });
    expect(await ask(server.url)).toBe('direct');
    expect(await ask(server.url.replace('127.0.0.1', 'localhost'))).toBe('direct');
    expect(proxy.asked).toEqual([]);
  });

  it('is not used for a host of no-proxy, even if another host uses it', async () => {
    const proxy = await serveProxy();
    const { ask } = open({ http: proxy.url, exceptions: ['direct.invalid'] });
    expect(await ask('http://behind.invalid')).toBe('by the proxy');
    expect(await codeOf(ask('http://direct.invalid'))).toMatch(/ENOTFOUND|EAI_AGAIN/);
    expect(proxy.asked).toEqual(['GET http://behind.invalid/']);
  });

  it.each([
    ['403 Forbidden', 'ProxyRefused'],
    ['407 Proxy Authentication Required', 'ProxyAuthenticationRequired'],
    ['503 Service Unavailable', 'ProxyUnavailable'],
    ['302 Found', 'ProxyRefused'],
  ])('that answers CONNECT with %s fails the call as a proxy failure', async (status, code) => {
    const proxy = await serveProxy({ connect: (socket) => socket.end(`HTTP/1.1 ${status}\r\n\r\nnot to be read`) });
    const { ask } = open({ https: proxy.url, exceptions: [] });
    const error = await ask('https://sts.example').catch((reason: Error) => reason);
    expect(error).toMatchObject({
      code,
      message: `the proxy ${proxy.host} answered CONNECT sts.example:443 with HTTP ${status}`,
    });
  });

  it.each([
    ['sends nothing', () => undefined],
    ['stops in the middle of its answer', (socket: NodeJS.WritableStream) => socket.write('HTTP/1.1 200 ')],
    ['stalls TLS', (socket: NodeJS.WritableStream) => socket.write('HTTP/1.1 200 OK\r\n\r\n')],
  ])('that accepts CONNECT and %s blocks no call after the connections are closed', async (_, connect) => {
    const proxy = await serveProxy({ connect });
    const { connections, ask } = open({ https: proxy.url, exceptions: [] });
    const call = codeOf(ask('https://sts.example'));
    await expect.poll(() => proxy.asked.length, { timeout: 15_000 }).toBe(1);
    setTimeout(() => connections.close(), 50);
    expect(await call).toBe('ECONNRESET');
  });

  it('that is unreachable is named', async () => {
    const { ask } = open({ https: 'http://user:hidden@127.0.0.1:1', exceptions: [] });
    const error = await ask('https://sts.example').catch((reason: Error) => reason);
    expect(error).toMatchObject({
      code: 'ECONNREFUSED',
      message: expect.stringMatching(/^the proxy 127\.0\.0\.1:1: /),
    });
  });
});
