import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { inventoryCatalog } from '../src/domain/declared/inventory.js';
import { placesOf } from '../src/domain/input/place.js';
import { type Problem, problemText } from '../src/domain/input/problem.js';
import { loadYaml } from '../src/domain/input/yaml.js';
import { renderSection } from '../src/domain/shared-config/render-section.js';
import { configSection } from '../src/domain/shared-config/sections.js';
import { profilesOf } from './inventory-profiles.js';

const usage = `usage: npm run -s profiles -- FILE [SOURCE] > roles.ini

Prints the targets of a YAML role-chain file as profiles in the format of the AWS config file, for the AWS CLI and the
SDKs. SOURCE is where every chain begins; without it, set that in your own AWS files:
  --web-identity-token-file PATH   with the OIDC token in that file
  --source-profile NAME            with the keys of that profile
  --credential-source NAME         with Environment, Ec2InstanceMetadata or EcsContainer`;

const sourceOptions = ['web-identity-token-file', 'source-profile', 'credential-source'] as const;

/** The command's output and exit code. */
interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Converts the role-chain file that the arguments name. */
export async function profilesCommand(args: readonly string[]): Promise<CommandResult> {
  const options = Object.fromEntries(sourceOptions.map((name) => [name, { type: 'string' as const }]));
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    return refused(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
  const [path, ...others] = parsed.positionals;
  const given = sourceOptions.flatMap((name) => {
    const value = parsed.values[name];
    return typeof value === 'string' ? [[name.replaceAll('-', '_'), value] as const] : [];
  });
  return path === undefined || others.length > 0 || given.length > 1
    ? refused(usage)
    : convert(path, Object.fromEntries(given));
}

async function convert(path: string, source: Readonly<Record<string, string>>): Promise<CommandResult> {
  const problems: Problem[] = [];
  if (!existsSync(path)) {
    return refused(`There is no file ${path}.`);
  }
  await loadYaml();
  const text = readFileSync(path, 'utf8');
  const catalog = inventoryCatalog({ path, text }, placesOf((problem) => problems.push(problem))(path));
  if (catalog === undefined || problems.length > 0) {
    return refused(problems.map(problemText).join('\n'));
  }
  const { profiles, notes } = profilesOf(catalog, source);
  const sections = [...profiles].map(([name, entries]) => renderSection(configSection(name), entries, '\n'));
  const head = `# Made from ${path} by "npm run profiles": edit that file and run the command again.`;
  return {
    stdout: `${[head, ...sections].join('\n\n')}\n`,
    stderr: notes.map((note) => `${note}\n`).join(''),
    exitCode: 0,
  };
}

function refused(text: string): CommandResult {
  return { stdout: '', stderr: `${text}\n`, exitCode: 1 };
}
