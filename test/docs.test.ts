import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { inputNames } from '../src/domain/input/inputs.js';
import { readRequest } from '../src/domain/request/read-request.js';

const text = readFileSync(join(import.meta.dirname, '../docs/chains.md'), 'utf8');
const blocks = (language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, block = '']) => block);

type Inputs = Readonly<Record<string, string>>;

/** The `with:` of every step of this action in a workflow or a part of one. */
function stepInputs(value: unknown): readonly Inputs[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const { uses, with: inputs } = value as { uses?: unknown; with?: Inputs };
  const own = typeof uses === 'string' && uses.startsWith('org/assume-role@') ? [inputs ?? {}] : [];
  return [...own, ...Object.values(value).flatMap(stepInputs)];
}

describe('docs/chains.md', () => {
  const steps = blocks('yaml').flatMap((block) => stepInputs(load(block, { schema: FAILSAFE_SCHEMA })));
  const files: Readonly<Record<string, string>> = {
    '.github/aws-roles.ini': blocks('ini')[0] ?? '',
    '.github/aws-roles.yml': blocks('yaml').find((block) => /^targets:$/m.test(block)) ?? '',
  };

  it.each(steps.map((inputs) => [Object.keys(inputs).join(', '), inputs] as const))(
    'shows a step that works as written: %s',
    (_, inputs) => {
      const known: readonly string[] = inputNames;
      expect(Object.keys(inputs).filter((name) => !known.includes(name))).toEqual([]);
      const filled = Object.entries(inputs).map(([name, value]) => [
        name,
        value.replaceAll(/\$\{\{.*?\}\}/g, value.includes('matrix.target') ? 'staging' : '222222222222'),
      ]);
      const environment = {
        ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.example',
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't',
      };
      const path = inputs['role-chain-file'];
      const read = () =>
        readRequest({
          inputs: Object.fromEntries(filled),
          environment,
          ...(path !== undefined && { roleChainFile: { path, text: files[path] ?? '' } }),
        });
      expect(read).not.toThrow();
    },
  );

  it('shows them all', () => {
    expect(steps).toHaveLength(text.split('uses: org/assume-role@').length - 1);
  });

  it('links to existing headings', () => {
    const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    const links = [...text.matchAll(/\]\(#([\w-]+)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !headings.includes(link))).toEqual([]);
  });
});
