/** Makes a pattern of control characters, invisible characters and line terminators, except line feed and tab. */
const hidden = () => /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Matches a text without hidden characters. A fast test: Unicode classes take Node half a millisecond to compile. */
const plain = /^[\n\t -~→…]*$/;

const named: Readonly<Record<string, string>> = { '\r': '\\r', '\0': '\\0', '\v': '\\v', '\f': '\\f', '\b': '\\b' };

/** Escapes hidden characters, so that they are visible and no program interprets them. */
export function visibleText(text: string): string {
  return plain.test(text) ? text : text.replaceAll('\r\n', '\n').replace(hidden(), escaped);
}

/**
 * Changes workflow commands in a text (`::name::`, and `##[name]` in the older notation), so that the runner prints
 * them and does not execute them. https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
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
