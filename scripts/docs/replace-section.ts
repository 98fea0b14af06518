/** A page with other lines between the two comments that mark a generated section. */
export function replaceSection(text: string, name: string, lines: readonly string[]): string {
  const begin = `<!-- ${name}: npm run docs -->`;
  const end = `<!-- /${name} -->`;
  const [before = '', rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) {
    throw new Error(`The page has no markers for ${name}.`);
  }
  return `${before}${begin}\n\n${lines.join('\n')}\n\n${end}${after}`;
}
