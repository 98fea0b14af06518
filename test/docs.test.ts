import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { root } from '../scripts/root.js';
import { inputNames } from '../src/domain/input/input-names.js';
import { readRequest } from '../src/domain/request/read-request.js';

const textOf = (page: string) => readFileSync(join(root, page), 'utf8');
const pages = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)].filter(
  (page) => page.endsWith('.md') && textOf(page).includes('org/assume-role@'),
);

function blocks(text: string, language: string): readonly string[] {
  const found = text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'));
  return [...found].map(([, block = '']) => block);
}

type Inputs = Readonly<Record<string, string>>;

/** The `with:` of every step of this action in a workflow or a part of one. */
function stepInputs(value: unknown): readonly Inputs[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const { uses, with: inputs } = value as { uses?: unknown; with?: Inputs };
  const own = typeof uses === 'string' && /(^|\/)org\/assume-role@/.test(uses) ? [inputs ?? {}] : [];
  return [...own, ...Object.values(value).flatMap(stepInputs)];
}

/** The role-chain file that a page shows, else that of docs/chains.md. */
function fileOf(page: string, path: string): string {
  const isIni = path.endsWith('.ini');
  const shown = [page, 'docs/chains.md'].flatMap((name) => blocks(textOf(name), isIni ? 'ini' : 'yaml'));
  return shown.find((block) => isIni || /^targets:$/m.test(block)) ?? '';
}

/** The values of the expressions in the pages. */
const values: readonly (readonly [expression: RegExp, value: string])[] = [
  [/\$\{\{ matrix\.target \}\}/g, 'staging'],
  [/\$\{\{ secrets\.AWS_ACCESS_KEY_ID \}\}/g, 'AKIAIOSFODNN7EXAMPLE'],
  [/\$\{\{ secrets\.AWS_SECRET_ACCESS_KEY \}\}/g, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
  [/\$\{\{ env\.ACT .*?\}\}/g, 'auto'],
  [/\$\{\{.*?\}\}/g, '222222222222'],
];

describe.each(pages)('%s', (page) => {
  const text = textOf(page);
  const steps = blocks(text.replaceAll(/^ +(?=```)/gm, ''), 'yaml').flatMap((block) =>
    stepInputs(load(block, { schema: FAILSAFE_SCHEMA })),
  );

  it.each(steps.map((inputs) => [Object.keys(inputs).join(', '), inputs] as const))(
    'shows a step that runs as it is written: %s',
    (_, inputs) => {
      const known: readonly string[] = inputNames;
      expect(Object.keys(inputs).filter((name) => !known.includes(name))).toEqual([]);
      const filled = Object.entries(inputs).map(([name, input]) => [
        name,
        values.reduce((value, [expression, given]) => value.replaceAll(expression, given), input),
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
          ...(path !== undefined && { roleChainFile: { path, text: fileOf(page, path) } }),
        });
      expect(read).not.toThrow();
    },
  );

  it('shows all of its steps to this test', () => {
    expect(steps).toHaveLength(text.split(/uses: (?:https:\S+\/)?org\/assume-role@/).length - 1);
  });
});
