import { parseArgs } from 'node:util';
import { claimNames, claimProblem, isClaimName } from '../world/claim-names.js';
import { closestWord, unknownWord } from '../world/closest-word.js';
import type { RateDocument } from '../world/world.js';

/** The parsed command line. */
export interface CommandOptions {
  readonly help: boolean;
  readonly json: boolean;
  readonly keepRunning: boolean;
  /** Absent: the large example. */
  readonly world: string | undefined;
  readonly port: number;
  /** In milliseconds. */
  readonly latencyMs: number;
  /** Absent: the world's rate. */
  readonly rate: RateDocument | undefined;
  /** Claims that replace the world's; an empty value leaves the claim out. */
  readonly claims: Readonly<Record<string, string>>;
}

interface OptionRow {
  readonly type: 'string' | 'boolean';
  readonly multiple?: true;
  /** The placeholder of the value. */
  readonly value?: string;
  readonly text: string;
}

const highestPort = 65_535;
/** The longest delay of a Node timer, in milliseconds. */
const longestLatency = 2_147_483_647;
const highestRate = 1_000_000;

const rows = {
  world: {
    type: 'string',
    value: 'FILE',
    text: 'The accounts, roles and policies, as JSON. Default: emulator/examples/organization.json.',
  },
  claims: {
    type: 'string',
    multiple: true,
    value: 'NAME=VALUE,…',
    text: "Claims of the job's ID token that replace the world's. An empty value omits the claim.",
  },
  port: { type: 'string', value: 'N', text: 'The port on 127.0.0.1. Default: any free one.' },
  latency: { type: 'string', value: 'MS', text: 'Delay each answer by this many milliseconds. Default: 0.' },
  rate: {
    type: 'string',
    value: 'N',
    text: 'Allow each account N STS calls per second; throttle more. Default: the rate of the world, else no limit.',
  },
  burst: {
    type: 'string',
    value: 'N',
    text: 'With --rate: allow N calls at once after a pause. Default: one second of calls.',
  },
  json: { type: 'boolean', text: 'Print the variables as one line of JSON.' },
  'keep-running': { type: 'boolean', text: 'Keep running after the parent process has ended.' },
  help: { type: 'boolean', text: 'Print this text.' },
} as const satisfies Record<string, OptionRow>;

/** The text of --help. */
export function helpText(): string {
  const lines = Object.entries<OptionRow>(rows).map(
    ([name, { value, text }]) => `  ${`--${name}${value === undefined ? '' : ` ${value}`}`.padEnd(22)}  ${text}`,
  );
  return [
    'Emulates STS and the ID-token endpoint of a GitHub job on loopback. Prints the environment variables for a job or client.',
    '',
    'Usage: npm run --silent emulator -- [options]',
    '',
    ...lines,
    '',
    'Example: your own accounts, and a job of your repository that deploys to production:',
    '',
    '  npm run --silent emulator -- --world my-world.json --claims repository=me/mine,environment=production',
    '',
    'Start from emulator/examples/small.json. docs/act.md shows how to run a workflow against it.',
  ].join('\n');
}

/** Parses the command line. Throws an Error with one line that names the option and the problem. */
export function readOptions(args: readonly string[]): CommandOptions {
  const values = readArguments(args);
  const [perSecond, burst] = [values.rate, values.burst];
  if (values.world === '') {
    throw new Error('--world needs a value: the path of a JSON file such as emulator/examples/small.json');
  }
  if (perSecond === undefined && burst !== undefined) {
    throw new Error('--burst needs --rate');
  }
  return {
    help: values.help ?? false,
    json: values.json ?? false,
    keepRunning: values['keep-running'] ?? false,
    world: values.world,
    port: wholeNumber('--port', values.port ?? '0', 0, highestPort),
    latencyMs: wholeNumber('--latency', values.latency ?? '0', 0, longestLatency),
    rate: perSecond === undefined ? undefined : readRate(perSecond, burst),
    claims: Object.fromEntries((values.claims ?? []).flatMap(readClaims)),
  };
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: rows }).values;
  } catch (error) {
    const [text = ''] = String((error as Error).message).split(/\.(?=\s|$)|\n/, 1);
    const [, valueless] = /^Option '(--[^' ]*).*argument (?:is ambiguous|missing)/.exec(text) ?? [];
    if (valueless !== undefined) {
      throw new Error(`${valueless} needs a value (--help explains the options)`, { cause: error });
    }
    const [, name = ''] = /^Unknown option '--([^']*)'/.exec(text) ?? [];
    const closest = closestWord(name, Object.keys(rows));
    const hint = closest === undefined ? '' : `; did you mean --${closest}?`;
    throw new Error(`${text}${hint} (--help explains the options)`, { cause: error });
  }
}

function readRate(perSecond: string, burst: string | undefined): RateDocument {
  const rate = Number(perSecond);
  if (!/^\d+(\.\d+)?$/.test(perSecond) || rate < 0.01 || rate > highestRate) {
    throw new Error(`--rate must be a number from 0.01 to ${highestRate}, is '${perSecond}'`);
  }
  const calls = burst === undefined ? Math.ceil(rate) : wholeNumber('--burst', burst, 1, highestRate);
  return { perSecond: rate, burst: calls };
}

function readClaims(text: string): [string, string][] {
  return text.split(',').map((pair) => {
    const [, name, value] = /^\s*([^=\s]+)=(.*)$/s.exec(pair) ?? [];
    if (name === undefined || value === undefined) {
      throw new Error(`--claims must be NAME=VALUE pairs such as repository=me/mine,environment=prod, has '${pair}'`);
    }
    if (!isClaimName(name)) {
      throw new Error(`--claims: ${unknownWord(name, claimNames)}`);
    }
    const form = value.trim() === '' ? undefined : claimProblem(name, value.trim());
    if (form !== undefined) {
      throw new Error(`--claims: ${name} ${form}, is '${value.trim()}'`);
    }
    return [name, value.trim()];
  });
}

function wholeNumber(option: string, text: string, lowest: number, highest: number): number {
  if (/^\d+$/.test(text) && Number(text) >= lowest && Number(text) <= highest) {
    return Number(text);
  }
  throw new Error(`${option} must be a whole number from ${lowest} to ${highest}, is '${text}'`);
}
