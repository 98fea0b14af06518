import { tryJson } from '../input/try-json.js';

/** The error fields of token services, the most specific first. */
const fields = ['errorMessage', 'message', 'error_description', 'detail', 'msg', 'title', 'error'] as const;

/** Maximum characters shown. */
const mostCharacters = 400;

/**
 * The error message in a token service's answer without a token: a JSON field, the words of a web page, or the text
 * itself; undefined if there is none. It contains neither the request token nor anything that looks like a token.
 */
export function serviceErrorText(body: string, requestToken: string): string | undefined {
  const message = jsonWords(body) ?? webPageText(body) ?? body;
  const line = message
    .replaceAll(requestToken, '***')
    .replaceAll(/\beyJ[\w-]+(?:\.[\w-]*){0,4}/g, '***')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return line === '' ? undefined : line.length > mostCharacters ? `${line.slice(0, mostCharacters)}…` : line;
}

/** Maximum nesting depth of an error field. */
const deepest = 5;

/** The text of the first error field, which may be nested, else the whole JSON; undefined if the body is not JSON. */
function jsonWords(body: string): string | undefined {
  const answer = tryJson(body);
  if (answer === undefined) {
    return undefined;
  }
  if (typeof answer !== 'object' || answer === null) {
    return typeof answer === 'string' ? answer : '';
  }
  return fieldWords(answer, deepest) ?? (Object.keys(answer).length === 0 ? '' : JSON.stringify(answer));
}

function fieldWords(value: object, depth: number): string | undefined {
  const all = value as Readonly<Record<string, unknown>>;
  const found = fields.map((field) => all[field]).find((each) => typeof each === 'string' && each.trim() !== '');
  const nested = Object.values(all).filter((each) => typeof each === 'object' && each !== null) as object[];
  return typeof found === 'string' || depth === 0
    ? (found as string | undefined)
    : nested.map((each) => fieldWords(each, depth - 1)).find((words) => words !== undefined);
}

/** The title of a web page, else the beginning of its text; undefined if the body is not a web page. */
export function webPageText(body: string): string | undefined {
  if (!/^\s*<(!doctype|html|head|body|\?xml)/i.test(body)) {
    return undefined;
  }
  const [, title = ''] = /<title[^>]{0,200}>([^<]{1,300})/i.exec(body) ?? [];
  const text = body
    .slice(0, 10_000)
    .replaceAll(/<(script|style)\b[^>]*>[^<]*/gi, ' ')
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const words = title.trim() || text.slice(0, 200);
  return `a web page${words === '' ? '' : `: ${words}`}`;
}
