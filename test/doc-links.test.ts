import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../scripts/root.js';

const pages = ['.', 'docs', '.github']
  .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(root, folder, name)))
  .filter((path) => path.endsWith('.md'));

/** The anchors of a page's headings, as GitHub generates them; duplicates get a number. */
function anchorsOf(path: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  const prose = readFileSync(path, 'utf8').replaceAll(/^ *```[\s\S]*?^ *```$/gm, '');
  for (const [, title = ''] of prose.matchAll(/^#+ (.*)$/gm)) {
    const plain = title.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = plain.replaceAll(/[^\p{L}\p{N}_ -]/gu, '').replaceAll(' ', '-');
    let free = anchor;
    for (let count = 1; anchors.has(free); count += 1) {
      free = `${anchor}-${count}`;
    }
    anchors.add(free);
  }
  return anchors;
}

test.each(pages.map((path) => [relative(root, path), path]))('%s links to existing pages and headings', (_, path) => {
  const prose = readFileSync(path, 'utf8').replaceAll(/^ *```[\s\S]*?^ *```$/gm, '');
  const links = [...prose.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, link = '']) => link);
  const broken = links.filter((link) => {
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? path : join(dirname(path), file);
    return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).has(anchor));
  });
  expect(broken).toEqual([]);
});

test.each(pages.map((path) => [relative(root, path), path]))(
  '%s names only files of the repository that exist',
  (_, path) => {
    const text = readFileSync(path, 'utf8').replaceAll(/https?:\S+/g, '');
    const named = [...text.matchAll(/(?<![\w/.])(?:src|test|scripts|bench|demo|emulator|runner)\/[\w./-]*\w/g)];
    expect(named.flatMap(([file]) => (existsSync(join(root, file)) ? [] : [file]))).toEqual([]);
  },
);
