import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { rooms } from './rooms.js';

interface Described {
  readonly description: string;
  readonly default?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, Described>>;
  readonly outputs: Readonly<Record<string, Described>>;
}

const root = join(import.meta.dirname, '..');

/** The README with its tables regenerated from action.yml. */
export function readmeWithTables(readme: string, actionYaml: string): string {
  const { inputs, outputs } = load(actionYaml) as Action;
  const inputRows = groupsOf(actionYaml, Object.keys(inputs)).flatMap(({ title, names }) => [
    `**${title}**`,
    '',
    '| input | meaning | default |',
    '|---|---|---|',
    ...names.map((name) => `| \`${name}\` | ${cell(inputs[name]?.description)} | ${defaultOf(inputs[name])} |`),
    '',
  ]);
  const outputRows = Object.entries(outputs).map(([name, { description }]) => `| \`${name}\` | ${cell(description)} |`);
  const withInputs = between(readme, 'inputs', inputRows.slice(0, -1));
  return between(withInputs, 'outputs', ['| output | meaning |', '|---|---|', ...outputRows]);
}

/** CONTRIBUTING.md with its table of rooms regenerated from rooms.ts. */
export function contributingWithRooms(text: string): string {
  const rows = Object.entries(rooms).map(([room, { answers, imports }]) => {
    const names = imports.map((one) => one.replace(/^(src\/domain|src|emulator)\//, ''));
    return `| \`${room}\` | ${answers} | ${names.join(', ')} |`;
  });
  return between(text, 'rooms', [
    '| room | question it answers | may import, besides itself |',
    '|---|---|---|',
    ...rows,
  ]);
}

/** The groups of inputs; each comment in action.yml begins one. */
function groupsOf(
  actionYaml: string,
  names: readonly string[],
): readonly { title: string; names: readonly string[] }[] {
  const section = actionYaml.slice(actionYaml.indexOf('\ninputs:'), actionYaml.indexOf('\noutputs:'));
  return section
    .split(/\n {2}# /)
    .slice(1)
    .map((part) => {
      const [title = '', ...lines] = part.split('\n');
      const declared = lines.flatMap((line) => /^ {2}([\w-]+):/.exec(line)?.[1] ?? []);
      return { title, names: declared.filter((name) => names.includes(name)) };
    });
}

function defaultOf(input: Described | undefined): string {
  return input?.default === undefined ? '' : `\`${input.default}\``;
}

function cell(text = ''): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ').trim();
}

function between(text: string, name: string, lines: readonly string[]): string {
  const begin = `<!-- ${name}: npm run docs -->`;
  const end = `<!-- /${name} -->`;
  const [before = '', rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) {
    throw new Error(`The page has no markers for ${name}.`);
  }
  return `${before}${begin}\n\n${lines.join('\n')}\n\n${end}${after}`;
}

if (process.argv[1] === import.meta.filename) {
  const readme = join(root, 'README.md');
  writeFileSync(readme, readmeWithTables(readFileSync(readme, 'utf8'), readFileSync(join(root, 'action.yml'), 'utf8')));
  const contributing = join(root, 'CONTRIBUTING.md');
  writeFileSync(contributing, contributingWithRooms(readFileSync(contributing, 'utf8')));
}
