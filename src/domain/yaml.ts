import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import type { Report } from './problem.js';

/** A YAML text in which every scalar is still a string, as it is in a `with:` value. */
export type YamlValue = string | readonly YamlValue[] | { readonly [key: string]: YamlValue };

/** Reads YAML without anchors, aliases, tags or null values; undefined, with a problem told, where it is anything else. */
export function parseYaml(text: string, where: string, report: Report): YamlValue | undefined {
  const unsupported = unsupportedFeature(text);
  if (unsupported !== undefined) {
    report({ where, what: `YAML ${unsupported} are not supported here`, fix: 'Write every value out' });
    return undefined;
  }
  try {
    return load(text, { schema: FAILSAFE_SCHEMA }) as YamlValue;
  } catch (error) {
    report({
      where,
      what: `the text is not valid YAML (${firstLine(error)})`,
      fix: 'Check indentation, quotes and colons',
    });
    return undefined;
  }
}

/** Whether a YAML value is a map. */
export function isYamlMap(value: YamlValue | undefined): value is { readonly [key: string]: YamlValue } {
  return typeof value === 'object' && !Array.isArray(value) && value !== null;
}

/** Whether a YAML value is a list. */
export function isYamlList(value: YamlValue | undefined): value is readonly YamlValue[] {
  return Array.isArray(value);
}

function unsupportedFeature(text: string): string | undefined {
  const bare = text.replace(/"(?:\\.|[^"\\])*"|'(?:''|[^'])*'/g, '""').replace(/(^|\s)#.*$/gm, '$1');
  if (/(^|[\s[{,])[&*][^\s,[\]{}]+/m.test(bare)) {
    return 'anchors and aliases';
  }
  return /(^|[\s[{,])!\S*/m.test(bare) ? 'tags' : undefined;
}

function firstLine(error: unknown): string {
  const text = error instanceof Error && 'reason' in error ? String(error.reason) : 'unreadable';
  return text.split('\n')[0] ?? '';
}
