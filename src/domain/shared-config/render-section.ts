import { normalName } from './sections.js';

/** The `key = value` lines of a section, in order. */
export type SectionEntries = Readonly<Record<string, string>>;

const notOneLine = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;
const namePlain = /^[\w@+.%:/-]+$/;

/**
 * Renders a section without a final newline. Throws if a tool would read a name or value differently; never shows
 * values.
 */
export function renderSection(name: string, entries: SectionEntries, newline: string): string {
  const lines = Object.entries(entries).map(([key, value]) => {
    checkEntry(key, value);
    return `${key} = ${value}`;
  });
  return [`[${headerName(name)}]`, ...lines].join(newline);
}

/** The name in a header. botocore reads the name after `profile` as a shell word, so it is quoted if it has a space. */
function headerName(name: string): string {
  checkName(name);
  const normal = normalName(name);
  const profile = /^profile (.+)$/.exec(normal)?.[1];
  return profile === undefined || namePlain.test(profile) ? normal : `profile "${profile}"`;
}

function checkName(name: string): void {
  const shown = JSON.stringify(name);
  if (name.trim() === '') {
    throw new Error('A section of an AWS file needs a name.');
  }
  if (notOneLine.test(name)) {
    throw new Error(`The section name ${shown} contains a newline or control character.`);
  }
  if (/[[\]"'\\]|\s[#;]/.test(name)) {
    throw new Error(
      `The section name ${shown} contains a bracket, quote, backslash or comment, which AWS files cannot contain.`,
    );
  }
}

function checkEntry(key: string, value: string): void {
  const shown = JSON.stringify(key);
  if (!/^[\w.-]+$/.test(key)) {
    throw new Error(
      `The key ${shown} is not a key of letters, digits, "_", "." and "-", so no AWS file can contain it.`,
    );
  }
  if (notOneLine.test(value)) {
    throw new Error(`The value of ${shown} contains a newline or control character.`);
  }
  if (value === '' || value.trim() !== value) {
    throw new Error(`The value of ${shown} is empty or starts or ends with a space, which AWS files do not keep.`);
  }
  if (/(?:^|\s)[#;]/.test(value)) {
    throw new Error(`The value of ${shown} contains " #" or " ;", which starts a comment.`);
  }
}
