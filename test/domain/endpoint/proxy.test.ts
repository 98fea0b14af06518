import { describe, expect, it } from 'vitest';
import { proxyFor, proxySecrets, readProxy } from '../../../src/domain/endpoint/proxy.js';
import { reported } from '../../support/reported.js';

const proxy = 'http://proxy.example:3128';

describe('which hosts no-proxy takes out', () => {
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
    ['localhost', 'http://localhost:4566', true],
    ['localhost:4566', 'http://localhost:4566', true],
    ['localhost:4567', 'http://localhost:4566', false],
    ['127.0.0.1', 'http://127.0.0.1:4566', true],
    ['127.0.0.1:4566', 'http://127.0.0.1:4566', true],
    ['127.0.0', 'http://127.0.0.1', false],
    ['0.0.1', 'http://127.0.0.1', false],
    ['::1', 'http://[::1]:4566', true],
    ['[::1]', 'http://[::1]:4566', true],
    ['[::1]:4566', 'http://[::1]:4566', true],
    ['[::1]:4567', 'http://[::1]:4566', false],
    ['[::2]', 'http://[::1]:4566', false],
    ['2001:db8::7', 'https://[2001:db8::7]', true],
    ['2001:DB8:0::7', 'https://[2001:db8::7]', true],
    ['10.0.0.0/8', 'http://10.1.2.3', false],
    ['.', 'https://sts.amazonaws.com', false],
  ])('%s, of %s: %s', (exception, address, isDirect) => {
    const used = proxyFor(new URL(address), { http: proxy, https: proxy, exceptions: [exception] });
    expect(used).toBe(isDirect ? undefined : proxy);
  });

  it('one of several is enough', () => {
    const settings = { https: proxy, exceptions: ['a.example', 'b.example', 'amazonaws.com'] };
    expect(proxyFor(new URL('https://sts.amazonaws.com'), settings)).toBeUndefined();
  });
});

describe('where the proxy comes from', () => {
  const read = (input: string, exceptions: string, environment: Record<string, string>) =>
    reported((report) => readProxy(input, exceptions, environment, report));

  it.each<[string, string, Record<string, string>, string | undefined, string | undefined]>([
    ['nothing', '', {}, undefined, undefined],
    ['the input', proxy, { HTTPS_PROXY: 'http://other' }, proxy, proxy],
    ['HTTPS_PROXY', '', { HTTPS_PROXY: proxy }, proxy, undefined],
    ['https_proxy', '', { https_proxy: proxy }, proxy, undefined],
    ['HTTP_PROXY for both', '', { HTTP_PROXY: proxy }, proxy, proxy],
    ['http_proxy for both', '', { http_proxy: proxy }, proxy, proxy],
    ['each its own', '', { HTTPS_PROXY: 'http://s:1', http_proxy: 'http://p:1' }, 'http://s:1', 'http://p:1'],
    ['an empty variable is none', '', { HTTPS_PROXY: '', https_proxy: proxy }, proxy, undefined],
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
  ])('no-proxy %j, from the input as from NO_PROXY and no_proxy', (text, exceptions) => {
    for (const { value, problems } of [read('', '', { NO_PROXY: text }), read('', '', { no_proxy: text })]) {
      expect([value.exceptions, problems]).toEqual([exceptions, []]);
    }
    expect(read('', text, {})).toMatchObject({ value: { exceptions }, problems: [] });
  });

  it('the input no-proxy takes the place of the variable', () => {
    expect(read('', 'a', { NO_PROXY: 'b' }).value.exceptions).toEqual(['a']);
  });

  it.each(['proxy:3128', 'socks5://proxy:1080', 'not an address', 'ftp://proxy'])('%s is no proxy', (text) => {
    expect(read(text, '', {}).problems[0]).toMatchObject({ where: 'http-proxy' });
    expect(read('', '', { HTTPS_PROXY: text }).problems[0]).toMatchObject({ where: 'HTTPS_PROXY' });
  });

  it('its password is in no problem', () => {
    expect(JSON.stringify(read('socks5://user:do-not-show@proxy', '', {}).problems)).not.toContain('do-not-show');
  });
});

describe('its password', () => {
  it('is a secret in every form', () => {
    expect(proxySecrets('http://user:p%40ss@proxy')).toEqual(['p%40ss', 'p@ss', 'user:p%40ss']);
    expect(proxySecrets('http://user:a%zz@proxy')).toEqual(['a%zz', 'user:a%zz']);
  });

  it('where there is one', () => {
    expect(['http://proxy', 'http://user@proxy', 'none', ''].flatMap(proxySecrets)).toEqual([]);
  });
});
