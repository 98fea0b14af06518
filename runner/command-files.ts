import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setIgnoringCase } from './dotnet-text.js';
import { parseKeyValues } from './key-values.js';
import { debug, refuse, reportError, type StepContext } from './step-record.js';

/** The paths of one stage's command files, by variable name. */
type CommandFiles = Readonly<Record<keyof typeof prefixes, string>>;

// In the order in which the runner reads them.
const prefixes = {
  GITHUB_PATH: 'add_path_',
  GITHUB_ENV: 'set_env_',
  GITHUB_STEP_SUMMARY: 'step_summary_',
  GITHUB_STATE: 'save_state_',
  GITHUB_OUTPUT: 'set_output_',
} as const;

const largestSummaryKib = 1024;

/** Creates the empty command files of one stage, with unique names. */
export async function createCommandFiles(temp: string): Promise<CommandFiles> {
  const folder = join(temp, '_runner_file_commands');
  await mkdir(folder, { recursive: true });
  const suffix = randomUUID();
  const files = Object.entries(prefixes).map(([name, prefix]) => [name, join(folder, prefix + suffix)] as const);
  await Promise.all(files.map(([, path]) => writeFile(path, '')));
  return Object.fromEntries(files) as CommandFiles;
}

/** Applies what a stage wrote to its command files, then deletes them: files found later are the step's own. */
export async function processCommandFiles(files: CommandFiles, context: StepContext): Promise<void> {
  const { record } = context;
  const readers: Readonly<Record<keyof CommandFiles, (path: string) => Promise<void>>> = {
    GITHUB_PATH: async (path) => {
      record.pathChanges.push(...(await textOf(path)).split(/\r?\n/).filter((line) => line !== ''));
    },
    GITHUB_ENV: (path) => readPairs(path, (name, value) => setEnvironment(context, name, value)),
    GITHUB_STEP_SUMMARY: (path) => readSummary(path, context),
    GITHUB_STATE: (path) =>
      readPairs(path, (name, value) => {
        setIgnoringCase(record.state, name, value);
        debug(context, `Save intra-action state ${name} = ${value}`);
      }),
    GITHUB_OUTPUT: (path) =>
      readPairs(path, (name, value) => {
        record.outputs[named(name)] = value;
        debug(context, `Set output ${name} = ${value}`);
      }),
  };
  for (const name of Object.keys(prefixes) as (keyof CommandFiles)[]) {
    try {
      await readers[name](files[name]);
    } catch (error) {
      const contextName = name.slice('GITHUB_'.length).toLowerCase();
      refuse(context, `Unable to process file command '${contextName}' successfully.`, error);
    }
    await rm(files[name], { force: true, recursive: true });
  }
}

async function readPairs(path: string, take: (name: string, value: string) => void): Promise<void> {
  for (const [name, value] of parseKeyValues(await textOf(path))) {
    take(name, value);
  }
}

function setEnvironment(context: StepContext, name: string, value: string): void {
  if (name.toUpperCase() === 'NODE_OPTIONS') {
    reportError(context, `Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.`);
    return;
  }
  context.record.environmentChanges[named(name)] = value;
  debug(context, `${name}='${value}'`);
}

function named(name: string): string {
  if (name === '') {
    throw new Error("Value cannot be null. (Parameter 'name')");
  }
  return name;
}

async function readSummary(path: string, context: StepContext): Promise<void> {
  const size = await stat(path).then(
    (stats) => stats.size,
    () => 0,
  );
  if (size > largestSummaryKib * 1024) {
    const got = Math.floor(size / 1024);
    const limit = `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${largestSummaryKib}k`;
    reportError(context, `${limit}, got ${got}k.`);
    return;
  }
  context.record.rawSummary = await textOf(path);
  context.record.summary = context.record.rawSummary
    .split(/\r?\n/)
    .map((line) => context.masker.mask(line))
    .join('\n');
}

// A step may delete its command file; that counts as an empty file.
async function textOf(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return '';
    }
    throw error;
  }
}
