import { isLoopback } from './loopback.js';

/** The entries of a NO_PROXY list, which commas or white space separate. */
export function noProxyEntries(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((entry) => entry !== '');
}

/** Whether requests to an address use no proxy: it is loopback, or an entry of the NO_PROXY list matches it. */
export function isDirect(url: URL, entries: readonly string[]): boolean {
  return isLoopback(url.hostname) || entries.some((entry) => matchesEntry(entry, url));
}

/**
 * Whether a NO_PROXY entry matches an address: a host, a domain with subdomains, a CIDR range, each with an optional
 * port, or `*`.
 */
function matchesEntry(entry: string, url: URL): boolean {
  if (entry === '*') {
    return true;
  }
  const range = /^\[?([\d.]+|[\da-f:.]*:[\da-f:.]*)\]?\/(\d{1,3})$/i.exec(entry);
  if (range !== null) {
    return isWithin(url.hostname, { network: range[1] ?? '', bits: Number(range[2]) });
  }
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const [, name = '', onlyPort] = /^(\[.*\]|[^:]*|.*:.*:.*)(?::(\d+))?$/.exec(entry.replace(/^\*?\./, '')) ?? [];
  const wanted = hostOf(name.replace(/^\[|\]$/g, ''));
  const isHost = url.hostname === wanted || (!isAddress(url.hostname) && url.hostname.endsWith(`.${wanted}`));
  return isHost && (onlyPort === undefined || onlyPort === port);
}

function isAddress(hostname: string): boolean {
  return /^\[|^[\d.]+$/.test(hostname);
}

function isWithin(hostname: string, { network, bits }: { network: string; bits: number }): boolean {
  const [address, range] = [bytesOf(hostname), bytesOf(hostOf(network))];
  if (address === undefined || address.length !== range?.length || bits > address.length * 8) {
    return false;
  }
  return address.every((byte, index) => {
    const kept = Math.min(8, Math.max(0, bits - index * 8));
    return byte >> (8 - kept) === (range[index] ?? 0) >> (8 - kept);
  });
}

/** The bytes of an IP address in `URL` form: 4, or 16 in brackets; undefined for a name. */
function bytesOf(hostname: string): readonly number[] | undefined {
  if (/^\d+(\.\d+){3}$/.test(hostname)) {
    return hostname.split('.').map(Number);
  }
  if (!hostname.startsWith('[')) {
    return undefined;
  }
  const [head = '', tail] = hostname.slice(1, -1).split('::');
  const [before, after] = [head, tail ?? ''].map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = Array<string>(tail === undefined ? 0 : 8 - (before?.length ?? 0) - (after?.length ?? 0)).fill('0');
  const groups = [...(before ?? []), ...zeros, ...(after ?? [])].map((group) => Number.parseInt(group, 16));
  return groups.flatMap((group) => [group >> 8, group & 0xff]);
}

/** A normalized host: lower case, IPv6 in its shortest form and in brackets. */
function hostOf(name: string): string {
  const bracketed = name.includes(':') ? `[${name}]` : name;
  const address = `http://${bracketed}`;
  return URL.canParse(address) ? new URL(address).hostname : bracketed.toLowerCase();
}
