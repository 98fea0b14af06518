import type { RequestContext } from './request-context.js';
import { literal, type Pattern, pattern } from './wildcard.js';

const variable = /\$\{([^}]*)\}/g;

/**
 * Fills in `${key}` and `${key, 'default'}` and takes the text apart; filled-in values hold no wildcards.
 * `undefined` when a variable has no value: such an element matches nothing.
 */
export function expand(text: string, context: RequestContext, version: string | undefined): Pattern | undefined {
  // Policies of the older version know no variables.
  if (version !== '2012-10-17') return pattern(text);
  const parts: Pattern[] = [];
  let end = 0;
  for (const found of text.matchAll(variable)) {
    parts.push(pattern(text.slice(end, found.index)));
    const value = variableValue(found[1] ?? '', context);
    if (value === undefined) return undefined;
    parts.push(literal(value));
    end = found.index + found[0].length;
  }
  return [...parts.flat(), ...pattern(text.slice(end))];
}

function variableValue(inside: string, context: RequestContext): string | undefined {
  if (['*', '?', '$'].includes(inside)) return inside;
  const [, key = '', fallback] = /^\s*([^,]*?)\s*(?:,\s*'([^']*)'\s*)?$/.exec(inside) ?? [];
  const values = context.get(key.toLowerCase());
  return values?.length === 1 ? values[0] : fallback;
}
