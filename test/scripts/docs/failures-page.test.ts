import { describe, expect, it } from 'vitest';
import { failuresPage } from '../../../scripts/docs/failures-page.js';

describe('docs/failures.md', () => {
  const page = failuresPage();

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
