import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contributingWithRooms, readmeWithTables } from '../scripts/docs.js';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const actionYaml = readFileSync(join(root, 'action.yml'), 'utf8');

describe('README.md', () => {
  it('has the tables generated from action.yml (npm run docs)', () => {
    expect(readmeWithTables(readme, actionYaml)).toBe(readme);
  });

  it('agrees with action.yml in its tables', () => {
    const changed = actionYaml.replace('The access key ID to start from.', 'Another text.');
    expect(readmeWithTables(readme, changed)).toContain('| `aws-access-key-id` | Another text. |');
  });
});

describe('action.yml', () => {
  it('has no expression, which runners reject there', () => {
    expect(actionYaml).not.toContain('$' + '{{');
  });
});

describe('CONTRIBUTING.md', () => {
  it('has the table of rooms generated from rooms.ts (npm run docs)', () => {
    const page = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
    expect(contributingWithRooms(page)).toBe(page);
  });
});
