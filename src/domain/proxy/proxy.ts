import type { Environment } from '../input/environment.js';
import type { Places } from '../input/place.js';
import type { Refusal } from '../input/problem.js';
import { isDirect, noProxyEntries } from './no-proxy.js';

/** The proxies of a step, and the hosts that are called without a proxy. */
export interface ProxySettings {
  /** The proxy for https addresses, if any. */
  readonly https?: string;
  /** The proxy for http addresses, if any. */
  readonly http?: string;
  /** The entries of `no-proxy` or NO_PROXY. */
  readonly exceptions: readonly string[];
}

/** What proxies are read from: the inputs `http-proxy` and `no-proxy`, else the variables. */
export interface ProxySources {
  readonly proxy: string;
  readonly exceptions: string;
  readonly environment: Environment;
}

/** The proxy variables by the scheme of an address; the first one that is set counts. */
const variables = { 'https:': ['HTTPS_PROXY', 'HTTP_PROXY'], 'http:': ['HTTP_PROXY'] } as const;

const scheme = /^([a-z][\w+.-]*):\/\//i;

/** Reads the proxies; `checkProxy` checks them for the addresses in use. */
export function readProxy(sources: ProxySources): ProxySettings {
  const https = proxySource('https:', sources)?.value;
  const http = proxySource('http:', sources)?.value;
  const exceptions = sources.exceptions || fromEnvironment('NO_PROXY', sources.environment) || '';
  return {
    ...(https !== undefined && { https: proxyAddress(https) }),
    ...(http !== undefined && { http: proxyAddress(http) }),
    exceptions: noProxyEntries(exceptions),
  };
}

/** Reports an unusable proxy. One from a variable counts only if a call to one of the addresses would use it. */
export function checkProxy(addresses: readonly URL[], sources: ProxySources, places: Places): void {
  const settings = readProxy(sources);
  const needed = addresses.flatMap((address) => (proxyFor(address, settings) === undefined ? [] : [address.protocol]));
  const used = sources.proxy === '' ? needed : ['https:'];
  const proxies = [...new Set(used)].flatMap((protocol) => proxySource(protocol, sources) ?? []);
  for (const { where, value } of new Map(proxies.map((source) => [source.where, source])).values()) {
    const problem = proxyProblem(value);
    if (problem !== undefined) {
      places(where).report(problem.what, problem.fix);
    }
  }
}

function proxyProblem(value: string): Refusal | undefined {
  const address = proxyAddress(value);
  const kind = scheme.exec(address)?.[1]?.toLowerCase() ?? '';
  if (!['http', 'https'].includes(kind)) {
    const what = `a ${kind} proxy cannot be used`;
    return { what, fix: 'Name an http proxy, as in http://proxy.example.com:3128, or name the hosts in no-proxy' };
  }
  if (URL.canParse(address) && new URL(address).hostname !== '') {
    return undefined;
  }
  const what = 'the value is not the address of an http proxy';
  const hint = value.includes('@') ? '; in a password write @ as %40, : as %3A, / as %2F, # as %23 and ? as %3F' : '';
  return { what, fix: `Write it like http://proxy.example.com:3128${hint}` };
}

/** The proxy for an address; undefined for a direct connection. Loopback addresses never use a proxy. */
export function proxyFor(url: URL, { https, http, exceptions }: ProxySettings): string | undefined {
  const proxy = url.protocol === 'https:' ? https : http;
  return isDirect(url, exceptions) ? undefined : proxy;
}

/** Minimum length of a user name without a password that may be a token. */
const leastTokenLength = 12;

/** The values to mask in a proxy's address: its password, or a user name that may be a token; written and decoded. */
export function proxySecrets(proxy: string): readonly string[] {
  const [, user = '', password = ''] = /^([^:@/]*)(?::(.*))?@/s.exec(proxy.replace(scheme, '')) ?? [];
  if (password === '') {
    return user.length < leastTokenLength ? [] : [...new Set([user, decoded(user)])];
  }
  const url = URL.canParse(proxyAddress(proxy)) ? new URL(proxyAddress(proxy)) : undefined;
  const written = [password, ...(url?.password ? [url.password] : [])];
  const names = [user, ...(url?.username ? [url.username] : [])];
  const pairs = names.flatMap((name) => written.map((one) => `${name}:${one}`));
  return [...new Set([...written, ...written.map(decoded), ...pairs])];
}

/** The Proxy-Authorization header for the user name and password of an address; empty if it has none. */
export function proxyAuthorization({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '' && password === '') {
    return {};
  }
  const credentials = `${decoded(username)}:${decoded(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
}

/** Describes a refused CONNECT: an error code of this action, and a message whose subject is the proxy. */
export function connectRefusal(
  status: number,
  reason: string,
  authority: string,
): { readonly code: string; readonly message: string } {
  const code =
    status === 407
      ? 'ProxyAuthenticationRequired'
      : status >= 500 || status === 429
        ? 'ProxyUnavailable'
        : 'ProxyRefused';
  return { code, message: `answered CONNECT ${authority} with HTTP ${status}${reason === '' ? '' : ` ${reason}`}` };
}

function proxySource(
  protocol: string,
  { proxy, environment }: ProxySources,
): { readonly where: string; readonly value: string } | undefined {
  if (proxy !== '') {
    return { where: 'http-proxy', value: proxy };
  }
  return variables[protocol === 'https:' ? 'https:' : 'http:']
    .map((where) => ({ where, value: fromEnvironment(where, environment) ?? '' }))
    .find(({ value }) => value !== '');
}

function fromEnvironment(name: string, environment: Environment): string | undefined {
  return environment[name] || environment[name.toLowerCase()] || undefined;
}

/** The address of a proxy; without a scheme, it is an http proxy, as in other tools. */
function proxyAddress(value: string): string {
  return scheme.test(value) ? value : `http://${value}`;
}

function decoded(text: string): string {
  return text.replaceAll(/(?:%[\da-f]{2})+/gi, (octets) => {
    try {
      return decodeURIComponent(octets);
    } catch {
      return octets;
    }
  });
}
