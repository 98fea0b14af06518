/** The width of headings and boxes. */
const width = 100;

/** Writes lines to stdout. */
export function say(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Prints a title and a text between two rules. */
export function heading(title: string, text: string): void {
  say('', '━'.repeat(width), title, text, '━'.repeat(width));
}

/** A text in a box with a title. */
export function boxed(title: string, text: string): string {
  return [
    `┌─ ${title} ${'─'.repeat(width - title.length - 5)}`,
    indented(text, '│ '),
    `└${'─'.repeat(width - 1)}`,
  ].join('\n');
}

/** A text with `by` before each line. */
export function indented(text: string, by: string): string {
  return text
    .split('\n')
    .map((line) => `${by}${line}`)
    .join('\n');
}
