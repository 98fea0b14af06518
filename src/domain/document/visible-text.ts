/** Characters that end a line, steer a terminal or show as nothing. Line feed and tab are text like any other. */
const hidden = () => /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A text in which nothing can be hidden. Node takes half a millisecond for the classes of all characters. */
const plain = /^[\n\t -~]*$/;

const named: Readonly<Record<string, string>> = { '\r': '\\r', '\0': '\\0', '\v': '\\v', '\f': '\\f', '\b': '\\b' };

/** A text in which every hidden character is written as an escape, so that a reader sees it and no program obeys it. */
export function visibleText(text: string): string {
  return plain.test(text) ? text : text.replaceAll('\r\n', '\n').replace(hidden(), escaped);
}

/**
 * A text for a log that a runner reads: a line that begins like a workflow command, or holds one in the older notation,
 * is shown rather than obeyed. https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function logText(text: string): string {
  return visibleText(text)
    .replaceAll('##[', '# #[')
    .replace(/^([^\S\n]*):(?=:)/gm, '$1: ');
}

/** A text for a place that has one line. */
export function lineText(text: string): string {
  return visibleText(text).replace(/\s+/g, ' ').trim();
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return named[character] ?? (code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`);
}
