/** A piece of something to read: the log shows it as plain text, the job summary as Markdown. */
export type Part =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** Named values, one a line. */
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [string, string])[] }
  | { readonly kind: 'points'; readonly items: readonly string[] }
  /** Points whose order means something. */
  | { readonly kind: 'steps'; readonly items: readonly string[] }
  /** A policy, ready to paste. */
  | { readonly kind: 'json'; readonly value: object };

/** A heading. */
export function heading(text: string): Part {
  return { kind: 'heading', text };
}

/** A paragraph. */
export function paragraph(text: string): Part {
  return { kind: 'text', text };
}

/** Named values, one a line; nothing where there are none. */
export function facts(rows: readonly (readonly [string, string])[]): readonly Part[] {
  return rows.length === 0 ? [] : [{ kind: 'facts', rows }];
}

/** Points under a title; nothing where there are none. */
export function titled(kind: 'points' | 'steps', title: string, items: readonly string[]): readonly Part[] {
  return items.length === 0 ? [] : [paragraph(title), { kind, items }];
}

/** JSON as somebody writes a policy: lists of words stand in one line. */
export function jsonText(value: object): string {
  return JSON.stringify(value, undefined, 2).replace(
    /\[\n\s+("[^"\n]*"(?:,\n\s+"[^"\n]*")*)\n\s+\]/g,
    (_, items: string) => `[${items.replace(/,\n\s+/g, ', ')}]`,
  );
}

/** Parts as lines of a log: JSON stands at the left edge, so that it can be copied. */
export function plainText(parts: readonly Part[]): string {
  return parts
    .map((part, index) => {
      const isClose = part.kind !== 'heading' && part.kind !== 'text';
      return `${index === 0 ? '' : isClose ? '\n' : '\n\n'}${plainPart(part)}`;
    })
    .join('');
}

function plainPart(part: Part): string {
  switch (part.kind) {
    case 'heading':
      return `== ${part.text} ==`;
    case 'text':
      return part.text;
    case 'facts':
      return plainFacts(part.rows);
    case 'points':
      return part.items.map((item) => `  - ${item}`).join('\n');
    case 'steps':
      return part.items.map((item, index) => `  ${index + 1}. ${item}`).join('\n');
    case 'json':
      return jsonText(part.value);
  }
}

function plainFacts(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n');
}
