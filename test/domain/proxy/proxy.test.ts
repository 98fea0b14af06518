import { describe, expect, it } from 'vitest';
import {
  checkProxy,
  connectRefusal,
  proxyAuthorization,
  proxyFor,
  proxySecrets,
  readProxy,
} from '../../../src/domain/proxy/proxy.js';
import { reported } from '../../support/reported.js';

const proxy = 'http://proxy.example:3128';

describe('hosts that no-proxy excludes', () => {
  it.each<[string, string, boolean]>([
    ['*', 'https://sts.amazonaws.com', true],
    ['sts.amazonaws.com', 'https://sts.amazonaws.com', true],
    ['STS.Amazonaws.COM', 'https://sts.amazonaws.com', true],
    ['amazonaws.com', 'https://sts.amazonaws.com', true],
    ['.amazonaws.com', 'https://sts.amazonaws.com', true],
    ['*.amazonaws.com', 'https://sts.amazonaws.com', true],
    ['.amazonaws.com', 'https://amazonaws.com', true],
    ['mazonaws.com', 'https://sts.amazonaws.com', false],
    ['amazonaws', 'https://sts.amazonaws.com', false],
    ['amazonaws.com', 'https://amazonaws.com.evil.example', false],
    ['sts.amazonaws.com', 'https://amazonaws.com', false],
    ['sts.amazonaws.com:443', 'https://sts.amazonaws.com', true],
    ['sts.amazonaws.com:8443', 'https://sts.amazonaws.com', false],
    ['sts.amazonaws.com:8443', 'https://sts.amazonaws.com:8443', true],
    ['sts.amazonaws.com:80', 'http://sts.amazonaws.com', true],
    ['sts', 'http://sts:4566', true],
    ['sts:4566', 'http://sts:4566', true],
    ['sts:4567', 'http://sts:4566', false],
    ['10.0.0.1', 'http://10.0.0.1:4566', true],
    ['10.0.0.1:4566', 'http://10.0.0.1:4566', true],
    ['10.0.0', 'http://10.0.0.1', false],
    ['0.0.1', 'http://10.0.0.1', false],
    ['fd00::1', 'http://[fd00::1]:4566', true],
    ['[fd00::1]', 'http://[fd00::1]:4566', true],
    ['[fd00::1]:4566', 'http://[fd00::1]:4566', true],
    ['[fd00::1]:4567', 'http://[fd00::1]:4566', false],
    ['[fd00::2]', 'http://[fd00::1]:4566', false],
    ['2001:db8::7', 'https://[2001:db8::7]', true],
    ['2001:DB8:0::7', 'https://[2001:db8::7]', true],
    ['10.0.0.0/8', 'http://10.1.2.3', true],
    ['10.0.0.0/8', 'https://11.1.2.3', false],
    ['10.0.0.0/8', 'https://10.example.com', false],
    ['10.1.2.3/32', 'https://10.1.2.3:8443', true],
    ['10.1.2.3/32', 'https://10.1.2.2', false],
    ['10.1.2.3/33', 'https://10.1.2.3', false],
    ['172.16.0.0/12', 'https://172.31.255.255', true],
    ['172.16.0.0/12', 'https://172.32.0.0', false],
    ['0.0.0.0/0', 'https://8.8.8.8', true],
    ['0.0.0.0/0', 'https://[fd00::1]', false],
    ['fd00::/8', 'https://[fdff::1]', true],
    ['fd00::/8', 'https://[fe80::1]', false],
    ['[2001:DB8::]/32', 'https://[2001:db8:1::7]', true],
    ['2001:db8::/33', 'https://[2001:db8:8000::1]', false],
    ['::/0', 'https://[2001:db8::1]', true],
    ['.', 'https://sts.amazonaws.com', false],
  ])('%s, of %s: %s', (exception, address, isDirect) => {
    const used = proxyFor(new URL(address), { http: proxy, https: proxy, exceptions: [exception] });
    expect(used).toBe(isDirect ? undefined : proxy);
  });

  it('one match of several is enough', () => {
    const settings = { https: proxy, exceptions: ['a.example', 'b.example', 'amazonaws.com'] };
    expect(proxyFor(new URL('https://sts.amazonaws.com'), settings)).toBeUndefined();
  });
});

it.each([
  'http://localhost:4566',
  'https://localhost',
  'http://127.0.0.1:4566',
  'http://127.8.9.1',
  'http://[::1]:4566',
])('%s is loopback, so no proxy is used', (address) => {
  expect(proxyFor(new URL(address), { http: proxy, https: proxy, exceptions: [] })).toBeUndefined();
});

const sts = new URL('https://sts.eu-west-1.amazonaws.com');

describe("the proxy's address", () => {
  const read = (input: string, exceptions: string, environment: Record<string, string>, addresses = [sts]) =>
    reported((places) => {
      const sources = { proxy: input, exceptions, environment };
      checkProxy(addresses, sources, places);
      return readProxy(sources);
    });

  it.each<[string, string, Record<string, string>, string | undefined, string | undefined]>([
    ['nothing', '', {}, undefined, undefined],
    ['the input', proxy, { HTTPS_PROXY: 'http://other' }, proxy, proxy],
    ['HTTPS_PROXY', '', { HTTPS_PROXY: proxy }, proxy, undefined],
    ['https_proxy', '', { https_proxy: proxy }, proxy, undefined],
    ['HTTP_PROXY for both', '', { HTTP_PROXY: proxy }, proxy, proxy],
    ['http_proxy for both', '', { http_proxy: proxy }, proxy, proxy],
    ['each its own', '', { HTTPS_PROXY: 'http://s:1', http_proxy: 'http://p:1' }, 'http://s:1', 'http://p:1'],
    ['an empty variable counts as unset', '', { HTTPS_PROXY: '', https_proxy: proxy }, proxy, undefined],
  ])('%s', (_, input, environment, https, http) => {
    const { value, problems } = read(input, '', environment);
    expect(problems).toEqual([]);
    expect([value.https, value.http]).toEqual([https, http]);
  });

  it.each([
    ['a,b', ['a', 'b']],
    [' a , b\n c ', ['a', 'b', 'c']],
    ['a,,b,', ['a', 'b']],
    ['', []],
    [',', []],
  ])('no-proxy %j, from the input or from NO_PROXY and no_proxy', (text, exceptions) => {
    for (const { value, problems } of [read('', '', { NO_PROXY: text }), read('', '', { no_proxy: text })]) {
      expect([value.exceptions, problems]).toEqual([exceptions, []]);
    }
    expect(read('', text, {})).toMatchObject({ value: { exceptions }, problems: [] });
  });

  it('the input no-proxy replaces the variable', () => {
    expect(read('', 'a', { NO_PROXY: 'b' }).value.exceptions).toEqual(['a']);
  });

  it.each(['proxy', 'proxy.example:3128', 'user:p%@proxy:3128', '10.0.0.1:3128', '[fd00::1]:3128'])(
    '%s is an http proxy, as for other tools',
    (text) => {
      expect(read(text, '', {})).toMatchObject({ value: { https: `http://${text}` }, problems: [] });
      expect(read('', '', { HTTPS_PROXY: text })).toMatchObject({ value: { https: `http://${text}` }, problems: [] });
    },
  );

  it.each(['socks5://proxy:1080', 'not an address', 'ftp://proxy', 'http://', 'http://user:a#b@proxy:3128'])(
    '%s is not a proxy',
    (text) => {
      expect(read(text, '', {}).problems[0]).toMatchObject({ where: 'http-proxy' });
      expect(read('', '', { HTTPS_PROXY: text }).problems[0]).toMatchObject({ where: 'HTTPS_PROXY' });
      expect(read('', '', { http_proxy: text }).problems[0]).toMatchObject({ where: 'HTTP_PROXY' });
    },
  );

  it.each<[string, Record<string, string>, URL[]]>([
    ['NO_PROXY has the host', { HTTPS_PROXY: 'socks5://proxy', NO_PROXY: '.amazonaws.com' }, [sts]],
    ['only this machine is asked', { HTTPS_PROXY: 'socks5://proxy', HTTP_PROXY: '?' }, [new URL('http://[::1]:4566')]],
    ['the other variable is for https', { HTTPS_PROXY: proxy, HTTP_PROXY: 'socks5://proxy' }, [sts]],
    ['nothing is asked', { HTTPS_PROXY: 'socks5://proxy' }, []],
  ])('an invalid variable is not a problem when %s', (_, environment, addresses) => {
    expect(read('', '', environment, addresses).problems).toEqual([]);
  });

  it('its password is in no problem', () => {
    expect(JSON.stringify(read('socks5://user:do-not-show@proxy', '', {}).problems)).not.toContain('do-not-show');
  });
});

describe('its password', () => {
  it.each([
    ['http://user:p%40ss@proxy', ['p%40ss', 'p@ss', 'user:p%40ss']],
    ['http://user:a%zz@proxy', ['a%zz', 'user:a%zz']],
    ['user:a%@proxy:3128', ['a%', 'user:a%']],
    ['http://user:a%20%@proxy', ['a%20%', 'a %', 'user:a%20%']],
    ['http://user:a#b@proxy', ['a#b', 'user:a#b']],
    ['http://user:a@b@proxy', ['a@b', 'a%40b', 'user:a@b', 'user:a%40b']],
    ['socks5://user:secret@proxy', ['secret', 'user:secret']],
  ])('in %s is a secret in every encoding', (address, secrets) => {
    expect([...proxySecrets(address)].sort()).toEqual(secrets.sort());
  });

  it.each([
    ['http://user:p%40ss@proxy', 'user:p@ss'],
    ['http://user:%@proxy', 'user:%'],
    ['http://us%20er:100%25%@proxy', 'us er:100%%'],
    ['http://user:%c3%a4%@proxy', 'user:ä%'],
    ['http://user@proxy', 'user:'],
  ])('in %s is sent as %s', (address, credentials) => {
    const { 'proxy-authorization': header = '' } = proxyAuthorization(new URL(address));
    expect(Buffer.from(header.replace('Basic ', ''), 'base64').toString()).toBe(credentials);
  });

  it('may be absent', () => {
    expect(['http://proxy', 'http://user@proxy', 'proxy:3128', 'none', ''].flatMap(proxySecrets)).toEqual([]);
    expect(proxyAuthorization(new URL('http://proxy'))).toEqual({});
  });

  it('may be a token in place of a user name', () => {
    expect(proxySecrets('http://token%2D0123456789@proxy:3128')).toEqual(['token%2D0123456789', 'token-0123456789']);
  });
});

it.each([
  [403, 'ProxyRefused'],
  [405, 'ProxyRefused'],
  [407, 'ProxyAuthenticationRequired'],
  [429, 'ProxyUnavailable'],
  [502, 'ProxyUnavailable'],
  [504, 'ProxyUnavailable'],
])('a proxy that answers CONNECT with %i fails with %s', (status, code) => {
  expect(connectRefusal(status, '', 'sts.example:443').code).toBe(code);
});
