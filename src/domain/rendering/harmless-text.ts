/** Line terminators, control characters and invisible characters, except line feed and tab. */
const hidden = () => /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A text in which nothing can be hidden. Node takes half a millisecond for the classes of all characters. */
const plain = /^[\n\t -~→…]*$/;

const named: Readonly<Record<string, string>> = { '\r': '\\r', '\0': '\\0', '\v': '\\v', '\f': '\\f', '\b': '\\b' };

/** Escapes hidden characters, so that they are visible and no program interprets them. */
export function visibleText(text: string): string {
  return plain.test(text) ? text : text.replaceAll('\r\n', '\n').replace(hidden(), escaped);
}

/**
 * A text for the job log: a line that starts with a workflow command, or contains one in the older notation,
 * is printed, not executed. https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function logText(text: string): string {
  return visibleText(text)
    .replaceAll('##[', '# #[')
    .replace(/^([^\S\n]*):(?=:)/gm, '$1: ');
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return named[character] ?? (code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`);
}
