import type { Environment } from '../input/environment.js';
import type { Report } from '../input/problem.js';
import { parseList } from '../input/scalar.js';

/** Which proxy to use, and for which hosts none. */
export interface ProxySettings {
  /** Used for https addresses; undefined for none. */
  readonly https?: string;
  /** Used for http addresses; undefined for none. */
  readonly http?: string;
  readonly exceptions: readonly string[];
}

/** Reads the proxy inputs; where they are empty, the usual environment variables in either case. */
export function readProxy(
  proxyInput: string,
  exceptionsInput: string,
  environment: Environment,
  report: Report,
): ProxySettings {
  const fromEnvironment = (name: string) => environment[name] || environment[name.toLowerCase()] || undefined;
  const https = proxyInput || fromEnvironment('HTTPS_PROXY') || fromEnvironment('HTTP_PROXY');
  const http = proxyInput || fromEnvironment('HTTP_PROXY');
  for (const [where, url] of [
    [proxyInput ? 'http-proxy' : 'HTTPS_PROXY', https],
    [proxyInput ? 'http-proxy' : 'HTTP_PROXY', http],
  ] as const) {
    if (url !== undefined && !isProxyUrl(url)) {
      report({
        where,
        what: 'the value is not the address of an http proxy',
        fix: 'Write it like http://proxy.example.com:3128',
      });
    }
  }
  const exceptions = exceptionsInput === '' ? (fromEnvironment('NO_PROXY') ?? '') : exceptionsInput;
  return {
    ...(https !== undefined && { https }),
    ...(http !== undefined && { http }),
    exceptions: parseList(exceptions.replaceAll(/[\s,]+/g, ',').replaceAll(/^,|,$/g, ''), 'no-proxy', report),
  };
}

/** The proxy for an address, or undefined where it is asked directly. */
export function proxyFor(url: URL, { https, http, exceptions }: ProxySettings): string | undefined {
  const proxy = url.protocol === 'https:' ? https : http;
  return proxy === undefined || exceptions.some((exception) => excepts(exception, url)) ? undefined : proxy;
}

/** The user name and password in a proxy's address, as written and decoded; they must never be shown. */
export function proxySecrets(proxy: string): readonly string[] {
  const url = URL.canParse(proxy) ? new URL(proxy) : undefined;
  if (url === undefined || url.password === '') {
    return [];
  }
  return [...new Set([url.password, decode(url.password), `${url.username}:${url.password}`])];
}

function isProxyUrl(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}

/** A host, a domain with its subdomains, a host with a port, or `*`. */
function excepts(exception: string, url: URL): boolean {
  if (exception === '*') {
    return true;
  }
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const [, name = '', onlyPort] = /^(\[.*\]|[^:]*|.*:.*:.*)(?::(\d+))?$/.exec(exception.replace(/^\*?\./, '')) ?? [];
  const wanted = hostOf(name.replace(/^\[|\]$/g, ''));
  const isName = !/^\[|^[\d.]+$/.test(url.hostname);
  const isHost = url.hostname === wanted || (isName && url.hostname.endsWith(`.${wanted}`));
  return isHost && (onlyPort === undefined || onlyPort === port);
}

/** A host as addresses write it: lower case, IPv6 in its shortest form and in brackets. */
function hostOf(name: string): string {
  const bracketed = name.includes(':') ? `[${name}]` : name;
  const address = `http://${bracketed}`;
  return URL.canParse(address) ? new URL(address).hostname : bracketed.toLowerCase();
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
