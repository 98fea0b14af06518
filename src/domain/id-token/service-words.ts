/** The error fields of token services, the most specific first. */
const fields = ['errorMessage', 'message', 'error_description', 'detail', 'msg', 'title', 'error'] as const;

/** Maximum characters shown. */
const mostCharacters = 400;

/**
 * The error message in a token service's answer without a token: a JSON field, the title of a web page, or the text
 * itself; undefined if there is none. It contains neither the request token nor anything that looks like a token.
 */
export function serviceWords(body: string, requestToken: string): string | undefined {
  const said = jsonWords(body) ?? pageTitle(body) ?? body;
  const line = said
    .replaceAll(requestToken, '***')
    .replaceAll(/\beyJ[\w-]+(?:\.[\w-]*){0,4}/g, '***')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return line === '' ? undefined : line.length > mostCharacters ? `${line.slice(0, mostCharacters)}…` : line;
}

function jsonWords(body: string): string | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof answer !== 'object' || answer === null) {
    return typeof answer === 'string' ? answer : '';
  }
  const found = fields.map((field) => (answer as Readonly<Record<string, unknown>>)[field]);
  const words = found.find((value) => typeof value === 'string' && value.trim() !== '') as string | undefined;
  const nested = found.find((value) => typeof value === 'object' && value !== null);
  return words ?? (nested === undefined ? '' : jsonWords(JSON.stringify(nested)));
}

function pageTitle(body: string): string | undefined {
  const [, title = ''] = /<title[^>]{0,200}>([^<]{1,300})/i.exec(body) ?? [];
  return /^\s*<(!doctype|html|head|body|\?xml)/i.test(body)
    ? `a web page${title === '' ? '' : `: ${title}`}`
    : undefined;
}
