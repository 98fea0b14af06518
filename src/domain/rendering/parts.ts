/** A part of a text: plain text in the log, Markdown in the job summary. */
export type Part =
  /** Level 1 is the title; higher levels are subheadings. */
  | { readonly kind: 'heading'; readonly text: string; readonly level: number }
  | { readonly kind: 'text'; readonly text: string }
  /** Named values, one on each line. */
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [string, string])[] }
  | { readonly kind: 'points'; readonly items: readonly string[] }
  /** An ordered list. */
  | { readonly kind: 'steps'; readonly items: readonly string[] }
  | { readonly kind: 'link'; readonly title: string; readonly address: URL }
  /** A long titled list, collapsed in the job summary. */
  | { readonly kind: 'fold'; readonly title: string; readonly lines: readonly string[] }
  /** A policy, ready to paste. */
  | { readonly kind: 'json'; readonly value: object };

/** A heading; level 1 if not given. */
export function heading(text: string, level = 1): Part {
  return { kind: 'heading', text, level };
}

/** A paragraph. */
export function paragraph(text: string): Part {
  return { kind: 'text', text };
}

/** Named values, one on each line; no part if there are none. */
export function facts(rows: readonly (readonly [string, string])[]): readonly Part[] {
  return rows.length === 0 ? [] : [{ kind: 'facts', rows }];
}

/** Points under a title; no part if there are none. */
export function titled(kind: 'points' | 'steps', title: string, items: readonly string[]): readonly Part[] {
  return items.length === 0 ? [] : [paragraph(title), { kind, items }];
}

/** Maximum characters of a JSON list that is written on one line. */
const longestLine = 100;

/** JSON formatted like a policy: a short list of strings is on one line. */
export function jsonText(value: object): string {
  return JSON.stringify(value, undefined, 2).replace(
    /\[\n\s+("[^"\n]*"(?:,\n\s+"[^"\n]*")*)\n\s+\]/g,
    (list, items: string) => {
      const line = `[${items.replace(/,\n\s+/g, ', ')}]`;
      return line.length <= longestLine ? line : list;
    },
  );
}

/** The kinds of parts that have no blank line before them in the log. */
const closeParts: ReadonlySet<Part['kind']> = new Set(['facts', 'points', 'steps', 'json'] as const);

/** Renders parts as lines of the log. JSON is not indented as a whole, so that it can be copied. */
export function plainText(parts: readonly Part[]): string {
  return parts
    .map((part, index) => {
      return `${index === 0 ? '' : closeParts.has(part.kind) ? '\n' : '\n\n'}${plainPart(part)}`;
    })
    .join('');
}

function plainPart(part: Part): string {
  switch (part.kind) {
    case 'heading':
      return part.level === 1 ? `== ${part.text} ==` : `-- ${part.text} --`;
    case 'text':
      return part.text;
    case 'facts':
      return plainFacts(part.rows);
    case 'points':
      return part.items.map((item) => `  - ${item}`).join('\n');
    case 'steps':
      return part.items.map((item, index) => `  ${index + 1}. ${item}`).join('\n');
    case 'link':
      return `${part.title}: ${part.address.href}`;
    case 'fold':
      return [`${part.title}:`, ...part.lines.map((line) => `  ${line}`)].join('\n');
    case 'json':
      return jsonText(part.value);
  }
}

function plainFacts(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n');
}
