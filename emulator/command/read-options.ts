import { parseArgs } from 'node:util';
import { claimNames, claimProblem, isClaimName } from '../world/claim-rules.js';
import { closestWord, unknownWord } from '../world/closest-word.js';
import type { RateDocument } from '../world/world.js';
import { optionRows } from './option-rows.js';

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

const highestPort = 65_535;
/** The longest delay of a Node timer. */
const longestLatencyMs = 2_147_483_647;
const highestRate = 1_000_000;

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
    port: wholeNumber('--port', values.port ?? '0', [0, highestPort]),
    latencyMs: wholeNumber('--latency', values.latency ?? '0', [0, longestLatencyMs]),
    rate: perSecond === undefined ? undefined : readRate(perSecond, burst),
    claims: Object.fromEntries((values.claims ?? []).flatMap(readClaims)),
  };
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: optionRows }).values;
  } catch (error) {
    const [text = ''] = String((error as Error).message).split(/\.(?=\s|$)|\n/, 1);
    const [, valueless] = /^Option '(--[^' ]*).*argument (?:is ambiguous|missing)/.exec(text) ?? [];
    if (valueless !== undefined) {
      throw new Error(`${valueless} needs a value (--help explains the options)`, { cause: error });
    }
    const [, name = ''] = /^Unknown option '--([^']*)'/.exec(text) ?? [];
    const closest = closestWord(name, Object.keys(optionRows));
    const hint = closest === undefined ? '' : `; did you mean --${closest}?`;
    throw new Error(`${text}${hint} (--help explains the options)`, { cause: error });
  }
}

function readRate(perSecond: string, burst: string | undefined): RateDocument {
  const rate = Number(perSecond);
  if (!/^\d+(\.\d+)?$/.test(perSecond) || rate < 0.01 || rate > highestRate) {
    throw new Error(`--rate must be a number from 0.01 to ${highestRate}, is '${perSecond}'`);
  }
  const calls = burst === undefined ? Math.ceil(rate) : wholeNumber('--burst', burst, [1, highestRate]);
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

function wholeNumber(option: string, text: string, [lowest, highest]: readonly [number, number]): number {
  if (/^\d+$/.test(text) && Number(text) >= lowest && Number(text) <= highest) {
    return Number(text);
  }
  throw new Error(`${option} must be a whole number from ${lowest} to ${highest}, is '${text}'`);
}
