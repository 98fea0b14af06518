import { load } from 'js-yaml';
import { replaceSection } from './replace-section.js';

interface Described {
  readonly description: string;
  readonly default?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, Described>>;
  readonly outputs: Readonly<Record<string, Described>>;
}

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
  const withInputs = replaceSection(readme, 'inputs', inputRows.slice(0, -1));
  return replaceSection(withInputs, 'outputs', ['| output | meaning |', '|---|---|', ...outputRows]);
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
