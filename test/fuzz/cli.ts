import { parseArgs } from 'node:util';
import { loadYaml } from '../../src/domain/input/yaml.js';
import { readCase } from './read-case.js';
import { type CaseResult, runCase } from './run-case.js';

const usage = `Runs the built action with random faults, and reports every violation of its rules.

Usage: npm run fuzz -- [options]

  --minutes M   How many minutes to run. Default: 5.
  --seed N      The number of the first case. Default: from the clock.
  --case N      Run one case, and print everything that happened in it.
  --parallel N  Concurrent cases. Default: 2.
  --slack MS    Milliseconds that a busy machine may need after the deadline and its 2 seconds. Default: 3000.
`;

/** Requests that are parsed between two cases; parsing is a thousand times faster than a case. */
const readingsPerCase = 100;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string' },
    case: { type: 'string' },
    parallel: { type: 'string', default: '2' },
    slack: { type: 'string', default: '3000' },
    help: { type: 'boolean', default: false },
  },
});

process.exitCode = values.help ? say(usage) : await run();

async function run(): Promise<number> {
  const slack = wholeNumber('slack', values.slack);
  if (values.case !== undefined) {
    const result = await runCase(wholeNumber('case', values.case), slack);
    say(`${result.story.replaceAll('\\n', '\n')}\n${oneLine(result)}`);
    return result.findings.length > 0 ? 1 : 0;
  }
  const first = wholeNumber('seed', values.seed ?? String(Math.floor(Date.now() / 1000) * 1000));
  const end = Date.now() + Number(values.minutes) * 60_000;
  const results: CaseResult[] = [];
  await loadYaml();
  let next = first;
  let misread = 0;
  const work = async () => {
    while (Date.now() < end) {
      const seed = next++;
      misread += readings(seed * readingsPerCase);
      const result = await runCase(seed, slack);
      results.push(result);
      if (result.findings.length > 0) {
        say(oneLine(result));
      }
    }
  };
  await Promise.all(Array.from({ length: wholeNumber('parallel', values.parallel) }, work));
  return Math.max(report(results, first), misread > 0 ? 1 : 0);
}

/** Parses the requests of consecutive seeds and returns how many have findings. */
function readings(first: number): number {
  const seeds = Array.from({ length: readingsPerCase }, (_, index) => first + index);
  return seeds.filter((seed) => {
    const { findings } = readCase(seed);
    if (findings.length > 0) {
      say(`reading ${seed}${findings.map((one) => `\n    ${one}`).join('')}`);
    }
    return findings.length > 0;
  }).length;
}

function report(results: readonly CaseResult[], first: number): number {
  const bad = results.filter(({ findings }) => findings.length > 0).length;
  const count = (names: readonly string[]) => {
    const counts = new Map<string, number>();
    for (const name of names) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return [...counts]
      .sort(([, one], [, other]) => other - one)
      .map(([name, times]) => `${String(times).padStart(7)}  ${name}`);
  };
  const worst = Math.max(0, ...results.map(({ mainMs }) => mainMs));
  say(
    [
      ...count(results.flatMap(({ kinds }) => kinds)),
      '',
      ...count(results.map(({ ended }) => ended)),
      '',
      ...count(results.map(({ title }) => title || '(no error)')),
      '',
      `${results.length} cases and ${results.length * readingsPerCase} readings from seed ${first}; the longest step took ${(worst / 1000).toFixed(1)} s; ${bad} with findings.`,
    ].join('\n'),
  );
  return bad === 0 ? 0 : 1;
}

function oneLine({ seed, kinds, ended, title, findings }: CaseResult): string {
  return `case ${seed} (${kinds.join(', ')}) ${ended} ${JSON.stringify(title)}${findings.map((one) => `\n    ${one}`).join('')}`;
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d+$/.test(text)) {
    throw new Error(`--${name}: ${text} is not a whole number`);
  }
  return Number(text);
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}
