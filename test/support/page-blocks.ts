import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/root.js';

const docs = join(root, 'docs');

/** The text of a page in docs/. */
export function readPage(name: string): string {
  return readFileSync(join(docs, name), 'utf8');
}

/** The code blocks of one language under a heading of a page, in order. Throws when there is none. */
export function blocksUnder(page: string, heading: string, language: string): readonly [string, ...string[]] {
  const [, section = ''] = page.split(new RegExp(`^#{2,3} ${heading}$`, 'm'));
  const [own = ''] = section.split(/^## /m);
  const found = [...own.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))];
  const [first, ...others] = found.map(([, block = '']) => block);
  if (first === undefined) {
    throw new Error(`no ${language} under ${heading}`);
  }
  return [first, ...others];
}
