import { jsonText, type Part } from './parts.js';

/** Matches the characters that can start Markdown, HTML, a mention or a reference. */
const special = /[\\`*_{}[\]<>|~#&$!@]/g;

/** Escapes untrusted text as one line of literal Markdown. */
export function escapeText(text: string): string {
  return oneLine(text)
    .replace(special, (character) =>
      character === '<' ? '&lt;' : character === '&' ? '&amp;' : character === '@' ? '&#64;' : `\\${character}`,
    )
    .replace(/^([-+=:]|\d+(?=[.)]))/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`))
    .replaceAll('://', ':\\//')
    .replace(/www\./gi, (start) => `${start.slice(0, -1)}&#46;`);
}

/**
 * Untrusted text as a code span, which needs no escapes: the text stays unchanged, so that the runner still masks the
 * secrets in it.
 */
export function codeSpan(text: string): string {
  const line = oneLine(text);
  if (line.trim() === '') {
    return '';
  }
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A fenced code block with more backticks than the text contains. */
export function fenced(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A table; cells are already Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(tableCell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A link; the label is untrusted text, the address was built with `URL`. */
export function link(label: string, { href }: URL): string {
  return `[${escapeText(label)}](${href.replaceAll('(', '%28').replaceAll(')', '%29')})`;
}

/** A heading of a job summary. The title has level 3, as in the summaries of other actions. */
export function headingText(text: string, level = 1): string {
  return `${'#'.repeat(Math.min(6, level + 2))} ${escapeText(text)}`;
}

/** Markdown that is collapsed under a title (`<details>`). */
export function folded(title: string, content: string): string {
  return `<details><summary>${escapeHtml(title)}</summary>\n\n${content}\n\n</details>`;
}

/** Renders parts as Markdown. */
export function markdown(parts: readonly Part[]): string {
  return parts.map(markdownPart).join('\n\n');
}

function markdownPart(part: Part): string {
  switch (part.kind) {
    case 'heading':
      return headingText(part.text, part.level);
    case 'text':
      return escapeText(part.text);
    case 'facts':
      return part.rows.map(([name, value]) => `- ${escapeText(name)}: ${codeSpan(value)}`).join('\n');
    case 'points':
      return part.items.map((item) => `- ${escapeText(item)}`).join('\n');
    case 'steps':
      return part.items.map((item, index) => `${index + 1}. ${escapeText(item)}`).join('\n');
    case 'link':
      return `${escapeText(part.title)}: ${link(part.address.href, part.address)}`;
    case 'fold':
      return folded(part.title, part.lines.map((line) => `- ${codeSpan(line)}`).join('\n'));
    case 'json':
      return fenced(jsonText(part.value), 'json');
  }
}

/** Escapes untrusted text for HTML: Markdown escapes do not work in `<summary>`. */
function escapeHtml(text: string): string {
  return oneLine(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** Escapes pipes in a table cell: they would end the cell, even inside a code span. */
function tableCell(cell: string): string {
  return cell.replace(/(?<!\\)((?:\\\\)*)\|/g, '$1\\|');
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
