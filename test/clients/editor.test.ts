import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schemaPaths } from '../../scripts/docs/generated-files.js';
import { root } from '../../scripts/root.js';
import { yamlLanguageServer } from '../../scripts/tools/npm-tools.js';
import { findTool } from '../../scripts/tools/tool.js';
import { targetKeys } from '../../src/domain/declared/parse-target.js';
import { type Editor, openEditor } from './language-server.js';

const tool = await findTool(yamlLanguageServer);
if ('missing' in tool) {
  console.log(`skipped: ${yamlLanguageServer.name} could not be installed (${tool.missing})`);
}

const hub = 'arn:aws:iam::111111111111:role/ci-hub';
const withSchema = (text: string, path: string = schemaPaths.roleChainFile) =>
  `# yaml-language-server: $schema=file://${join(root, path)}\n${text}`;

describe.skipIf('missing' in tool)('an editor with the YAML language server', () => {
  let editor: Editor;
  beforeAll(async () => {
    editor = await openEditor('path' in tool ? tool.path : '');
  });
  afterAll(() => editor.close());

  test('reports nothing for the inventory of the documentation', async () => {
    const docs = readFileSync(join(root, 'docs/chains.md'), 'utf8');
    const [, inventory = ''] = /```yaml\n# yaml-language-server: \$schema=\S+\n([\s\S]*?)```/.exec(docs) ?? [];
    expect(inventory).toContain('targets:');
    expect(await editor.diagnose(withSchema(inventory))).toEqual([]);
  });

  test.each<[string, string, number, number, string]>([
    ['a misspelt section', `target: {}\ntargets:\n  a: [${hub}]`, 2, 1, 'Property target is not allowed'],
    [
      'a misspelt word',
      `targets:\n  a: { role-to-assume: ${hub}, aws-regin: x }`,
      3,
      63,
      'Property aws-regin is not allowed',
    ],
    ['an invalid role', 'targets:\n  a: [arn:aws:iam::1:role/x]', 3, 7, 'Write arn:aws:iam::<account ID>:role/<name>'],
    ['no Region', `targets:\n  a: { role-to-assume: ${hub}, aws-region: Ireland }`, 3, 75, 'Write an AWS Region'],
    [
      'a reserved name',
      `targets:\n  a: { role-to-assume: ${hub}, matrix: { region: x } }`,
      3,
      73,
      'The step itself sets target',
    ],
    ['a target called all', `targets:\n  all: [${hub}]`, 3, 3, 'is not called all'],
  ])('underlines %s', async (_, text, line, column, message) => {
    const found = await editor.diagnose(withSchema(text));
    expect(found).toContainEqual({ line, column, message: expect.stringContaining(message) });
  });

  test('checks a world of the emulator', async () => {
    const ofWorld = (text: string) => withSchema(text, schemaPaths.world);
    const example = readFileSync(join(root, 'emulator/examples/small.json'), 'utf8');
    expect(await editor.diagnose(ofWorld(example))).toEqual([]);
    expect(await editor.diagnose(ofWorld('{ "acounts": {} }'))).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('Property acounts is not allowed') }),
    );
  });

  test('completes the options of a target', async () => {
    expect(await editor.complete(withSchema('targets:\n  a:\n    ro'))).toEqual(
      expect.arrayContaining([...targetKeys]),
    );
  });
});
