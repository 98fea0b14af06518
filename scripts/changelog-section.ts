/** The section of a version in a changelog, without its heading. Throws when it is missing or empty. */
export function changelogSection(changelog: string, version: string): string {
  const lines = changelog.split(/\r?\n/);
  const heading = /^## \[?v?(\d+\.\d+\.\d+[\w.+-]*)\]?(?:\s|$)/;
  const first = lines.findIndex((line) => heading.exec(line)?.[1] === version);
  if (first === -1) {
    throw new Error(`The changelog has no section for ${version}.`);
  }
  const rest = lines.slice(first + 1);
  const length = rest.findIndex((line) => line.startsWith('## ') || /^\[[^\]]+\]:/.test(line));
  const notes = rest
    .slice(0, length === -1 ? undefined : length)
    .join('\n')
    .trim();
  if (notes === '') {
    throw new Error(`The changelog's section for ${version} is empty.`);
  }
  return notes;
}
