import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { helpText } from '../../../emulator/command/option-rows.js';
import { readOptions } from '../../../emulator/command/read-options.js';
import { faultKinds } from '../../../emulator/server/read-fault-rules.js';
import { root } from '../../../scripts/root.js';

test('every option is parsed', () => {
  expect(readOptions([])).toEqual({
    help: false,
    json: false,
    keepRunning: false,
    world: undefined,
    port: 0,
    latencyMs: 0,
    rate: undefined,
    claims: {},
  });
  const all = [
    '--world',
    'w.json',
    '--port',
    '80',
    '--latency',
    '5',
    '--rate',
    '2.5',
    '--json',
    '--keep-running',
    '--help',
  ];
  const claims = ['--claims', 'repository=me/mine, environment=prod', '--claims', 'repo_property_team=a=b'];
  expect(readOptions([...all, ...claims])).toEqual({
    help: true,
    json: true,
    keepRunning: true,
    world: 'w.json',
    port: 80,
    latencyMs: 5,
    rate: { perSecond: 2.5, burst: 3 },
    claims: { repository: 'me/mine', environment: 'prod', repo_property_team: 'a=b' },
  });
  expect(readOptions(['--rate', '5', '--burst', '10']).rate).toEqual({ perSecond: 5, burst: 10 });
});

test('--help names every option and shows an example', () => {
  for (const name of ['world', 'claims', 'port', 'latency', 'rate', 'burst', 'json', 'keep-running', 'help']) {
    expect(helpText()).toMatch(new RegExp(`^  --${name}\\b`, 'm'));
  }
  expect(helpText()).toContain('--claims repository=me/mine,environment=production');
});

test('docs/emulator.md shows the help, and names every fault', () => {
  const page = readFileSync(join(root, 'docs/emulator.md'), 'utf8');
  expect(page).toContain(`\`\`\`\n${helpText()}\n\`\`\`\n`);
  expect(faultKinds.filter((kind) => !page.includes(`\`${kind}\``))).toEqual([]);
});

test.each<[readonly string[], string]>([
  [['--port', '65536'], "--port must be a whole number from 0 to 65535, is '65536'"],
  [['--latency', '1s'], "--latency must be a whole number from 0 to 2147483647, is '1s'"],
  [['--rate', '0'], "--rate must be a number from 0.01 to 1000000, is '0'"],
  [['--rate', '5', '--burst', '0'], "--burst must be a whole number from 1 to 1000000, is '0'"],
  [['--burst', '3'], '--burst needs --rate'],
  [['--claims', 'prod'], "--claims must be NAME=VALUE pairs such as repository=me/mine,environment=prod, has 'prod'"],
  [['--claims', 'repo=me/mine'], "--claims: 'repo' is not a known word; did you mean 'repository'?"],
  [['--claims', 'repository=me'], "--claims: repository must be OWNER/NAME, such as octo-org/octo-repo, is 'me'"],
  [['--claims', 'ref=main'], "--claims: ref must be a whole ref, such as refs/heads/main, is 'main'"],
  [['--world', '--json'], '--world needs a value (--help explains the options)'],
  [['--world'], '--world needs a value (--help explains the options)'],
  [['--world', ''], '--world needs a value: the path of a JSON file such as emulator/examples/small.json'],
  [['--latency', '-5'], '--latency needs a value (--help explains the options)'],
  [['--json=yes'], "Option '--json' does not take an argument (--help explains the options)"],
  [['--prot', '80'], "Unknown option '--prot'; did you mean --port? (--help explains the options)"],
  [['world.json'], "Unexpected argument 'world.json' (--help explains the options)"],
  [['--moon'], "Unknown option '--moon' (--help explains the options)"],
])('%j is rejected with one line', (args, message) => {
  expect(() => readOptions(args)).toThrow(new Error(message));
});
