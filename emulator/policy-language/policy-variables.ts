import { isKnownKey } from './condition-keys.js';
import { literal, type Pattern, pattern } from './pattern.js';
import type { RequestContext } from './request-context.js';

const variable = /\$\{([^}]*)(\}|$)/g;
const escapes: readonly string[] = ['*', '?', '$'];

/**
 * Replaces `${key}` and `${key, 'default'}` and splits the text into a pattern. Replaced values contain no wildcards.
 * `undefined` when a variable has no value: the element then matches nothing.
 */
export function expand(text: string, context: RequestContext, version: string | undefined): Pattern | undefined {
  const parts: Pattern[] = [];
  let end = 0;
  for (const found of variablesOf(text, version)) {
    parts.push(pattern(text.slice(end, found.index)));
    const value = variableValue(found[1] ?? '', context);
    if (value === undefined) {
      return undefined;
    }
    parts.push(literal(value));
    end = found.index + found[0].length;
  }
  return [...parts.flat(), ...pattern(text.slice(end))];
}

/** Variables that are malformed or have an unknown key. A statement that contains one denies. */
export function unknownVariables(text: string, version: string | undefined): string[] {
  return variablesOf(text, version)
    .filter(
      ([, inside = '', close]) => close === '' || !(escapes.includes(inside) || isKnownKey(readVariable(inside).key)),
    )
    .map(([whole]) => `variable ${whole}`);
}

// Variables exist since version 2012-10-17.
function variablesOf(text: string, version: string | undefined): RegExpExecArray[] {
  return version === '2012-10-17' ? [...text.matchAll(variable)] : [];
}

function readVariable(inside: string): { readonly key: string; readonly fallback: string | undefined } {
  const [, key = '', fallback] = /^\s*([^,]*?)\s*(?:,\s*'([^']*)'\s*)?$/.exec(inside) ?? [];
  return { key, fallback };
}

function variableValue(inside: string, context: RequestContext): string | undefined {
  if (escapes.includes(inside)) {
    return inside;
  }
  const { key, fallback } = readVariable(inside);
  const values = context.get(key.toLowerCase());
  return values?.length === 1 ? values[0] : fallback;
}
