import type { Event } from 'js-yaml';
import type { Report } from './problem.js';

/** A YAML text in which every scalar is still a string, as it is in a `with:` value. */
export type YamlValue = string | readonly YamlValue[] | { readonly [key: string]: YamlValue };

let library: typeof import('js-yaml') | undefined;

/** Loads the parser, once. Most steps hold no YAML, and start faster without it. */
export async function loadYaml(): Promise<void> {
  library ??= await import('js-yaml');
}

/** Whether a text may be YAML rather than a plain list; a text that is not is never parsed as YAML. */
export function mayBeYaml(text: string): boolean {
  return /^\s*[-[{&*!]|:(\s|$)/m.test(text);
}

/** Reads one YAML document without anchors, aliases or tags; undefined, with a problem told, where it is anything else. */
export function parseYaml(text: string, where: string, report: Report): YamlValue | undefined {
  if (library === undefined) {
    throw new Error('The YAML parser was not loaded before it was needed.');
  }
  const { constructFromEvents, FAILSAFE_SCHEMA, parseEvents } = library;
  try {
    const events = parseEvents(text, {});
    const unsupported = unsupportedFeature(events);
    if (unsupported !== undefined) {
      report({ where, what: `YAML ${unsupported} are not supported here`, fix: 'Write every value out' });
      return undefined;
    }
    const documents = constructFromEvents(events, { source: text, schema: FAILSAFE_SCHEMA }) as YamlValue[];
    if (documents.length !== 1) {
      const what = `the text holds ${documents.length} YAML documents instead of one`;
      report({ where, what, fix: 'Write one list or map' });
    }
    return documents.length === 1 ? documents[0] : undefined;
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
  return typeof value === 'object' && !Array.isArray(value);
}

/** Whether a YAML value is a list. */
export function isYamlList(value: YamlValue | undefined): value is readonly YamlValue[] {
  return Array.isArray(value);
}

function unsupportedFeature(events: readonly Event[]): string | undefined {
  if (events.some((event) => 'anchorStart' in event && event.anchorStart >= 0)) {
    return 'anchors and aliases';
  }
  return events.some((event) => 'tagStart' in event && event.tagStart >= 0) ? 'tags' : undefined;
}

function firstLine(error: unknown): string {
  const text = error instanceof Error && 'reason' in error ? String(error.reason) : 'unreadable';
  return text.split('\n')[0] ?? '';
}
