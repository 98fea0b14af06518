import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedFiles } from '../scripts/docs/generated-files.js';
import { readmeWithTables } from '../scripts/docs/readme-tables.js';
import { root } from '../scripts/root.js';

const textOf = (path: string) => readFileSync(join(root, path), 'utf8');

describe('a generated file', () => {
  it.each(Object.entries(generatedFiles))('has the text of its source (npm run docs): %s', (path, text) => {
    expect(textOf(path)).toBe(text());
  });

  it('changes with its source: the README with action.yml', () => {
    const changed = textOf('action.yml').replace('The access key ID to start from.', 'Another text.');
    expect(readmeWithTables(textOf('README.md'), changed)).toContain('| `aws-access-key-id` | Another text. |');
  });
});
