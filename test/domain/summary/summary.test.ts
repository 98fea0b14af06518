import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/domain/explain/explain.js';
import { codeSpan, escapeText, fenced, markdown, table } from '../../../src/domain/rendering/markdown.js';
import { plainText } from '../../../src/domain/rendering/parts.js';
import { readRequest } from '../../../src/domain/request/read-request.js';
import { dryRunParts } from '../../../src/domain/summary/dry-run.js';
import { withoutAccountIds } from '../../../src/domain/summary/hide-account-ids.js';
import { mermaidText } from '../../../src/domain/summary/mermaid.js';
import { dryRunSummary, failedSummary } from '../../../src/domain/summary/summary.js';

/** Texts with a meaning in Markdown, HTML, Mermaid or workflow commands, and ordinary texts. */
const nasty = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        ...['`', '``', '```', '|', '\\', '\n', '\r\n', '<b>', '-->', '"', "'", '](x)', '[', '*', '_', '#', '$$', '@me'],
        ...['https://x.example', 'www.x.example', '%%', ';', 'end', '{', '}', '::', '&lt;', '1. ', '- ', '\u2028', 'a'],
      ),
      { maxLength: 12 },
    )
    .map((pieces) => pieces.join('')),
);

const unescaped = (text: string, character: string) =>
  [...text.matchAll(/\\.|[^\\]/gsu)].filter(([token]) => token === character).length;

describe('user text in Markdown', () => {
  it('is one line in which every meaningful character is escaped', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const escaped = escapeText(text);
        expect(escaped).not.toMatch(/[\n\r\u2028\u2029]/);
        for (const character of ['`', '*', '_', '[', ']', '<', '>', '|', '#', '$', '@']) {
          expect(unescaped(escaped.replaceAll('&#64;', '').replaceAll('&#46;', ''), character)).toBe(0);
        }
        expect(escaped).not.toMatch(/https?:\/\/|www\./i);
      }),
    );
  });

  it('cannot end a code span, and is unchanged in it', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const span = codeSpan(text);
        const [fence = ''] = /^`*/.exec(span) ?? [];
        const inside = span.slice(fence.length, span.length - fence.length);
        expect(span.endsWith(fence)).toBe(true);
        expect(inside.match(/`+/g)?.includes(fence) ?? false).toBe(false);
        expect(inside.trim()).toBe(text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim());
      }),
    );
  });

  it('cannot end a fenced block', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const lines = fenced(text, 'json').split('\n');
        const fence = (lines[0] ?? '').replace('json', '');
        expect(lines.slice(1, -1).filter((line) => line.includes(fence))).toEqual([]);
        expect(lines.at(-1)).toBe(fence);
      }),
    );
  });

  it('cannot add a cell or row to a table', () => {
    fc.assert(
      fc.property(nasty, nasty, (left, right) => {
        const lines = table(['a', 'b'], [[codeSpan(left), escapeText(right)]]).split('\n');
        expect(lines).toHaveLength(3);
        expect(unescaped(lines[2] ?? '', '|')).toBe(3);
      }),
    );
  });

  it('has no meaning in a Mermaid label', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(mermaidText(text)).toMatch(/^([A-Za-z0-9 ,./-]|#\d+;)*$/);
      }),
    );
  });
});

describe('a summary with hostile names', () => {
  const role = 'arn:aws:iam::222222222222:role/a`|<b>"]-->/--x';
  const request = readRequest({
    inputs: { 'dry-run': 'true', targets: JSON.stringify({ 'p`|r<i>': [role] }) },
    environment: { GITHUB_REPOSITORY: 'o/`|<script>alert(1)</script>' },
  });
  const parts = dryRunParts(request, { GITHUB_REPOSITORY: 'o/`|<script>alert(1)</script>' });

  it('has them only in code and in fences', () => {
    const prose = dryRunSummary(parts, request.targets)
      .replace(/^(`{3,})[\s\S]*?^\1$/gm, '')
      .replace(/\\[^A-Za-z0-9]/g, '')
      .replace(/(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '');
    expect(prose).not.toMatch(/<(b|i|script)/);
    expect(prose).not.toContain('-->');
  });

  it('has its flowchart in one fence', () => {
    const text = dryRunSummary(parts, request.targets);
    expect(text.match(/^```mermaid$/gm)).toHaveLength(1);
    expect(text).not.toMatch(/\["[^"\n]*<b>/);
  });
});

describe('hidden account IDs', () => {
  it('are hidden in ARNs, flowcharts and links, and other numbers are not', () => {
    expect(withoutAccountIds('arn:aws:iam::222222222222:role/x account=222222222222& 1234567890123')).toBe(
      'arn:aws:iam::***:role/x account=***& 1234567890123',
    );
  });
});

describe('a failure without a hop', () => {
  it('has no flowchart', () => {
    const { parts } = explain(new Error('The disk is full.'), { hasIdToken: true, scrub: (text) => text });
    const text = failedSummary(parts, []);
    expect(text).toBe('### The step failed\n\nThe disk is full.\n');
  });

  it('has the same text in the log and in the summary', () => {
    const { parts: said } = explain(new Error('The disk is full.'), { hasIdToken: true, scrub: (text) => text });
    expect(plainText(said)).toBe('== The step failed ==\n\nThe disk is full.');
    expect(markdown(said)).toBe('### The step failed\n\nThe disk is full.');
  });
});
