import { describe, expect, it } from 'vitest';
import { failuresPage } from '../../../scripts/docs/failures-page.js';
import { failureRows } from '../../../src/domain/explain/match-failure.js';

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

  it('shows the causes of each title once, because rows of one title have the same', () => {
    for (const { title, causes, fixes } of failureRows) {
      const [first] = failureRows.filter((row) => row.title === title);
      expect({ causes, fixes }).toEqual({ causes: first?.causes, fixes: first?.fixes });
    }
  });
});
