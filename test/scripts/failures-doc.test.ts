import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failuresPage } from '../../scripts/failures-doc.js';

describe('docs/failures.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/failures.md'), 'utf8');

  it('is generated from the table of explanations (npm run docs)', () => {
    expect(page).toBe(failuresPage());
  });

  it('has a section for every link', () => {
    const anchors = [...page.matchAll(/^## (.*)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    );
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
    expect(links.filter((anchor) => !anchors.includes(anchor ?? ''))).toEqual([]);
    expect(links.length).toBeGreaterThan(60);
  });
});
