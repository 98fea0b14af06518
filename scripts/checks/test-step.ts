import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../root.js';
import { npm, type Step, type Tally } from './step.js';

/** The number of lines of each failure that the end of the log repeats. */
const failureLines = 25;

/** A step that runs a test script of package.json and counts each test. */
export function testStep(
  name: string,
  words: readonly [string, ...string[]],
  { files = [], environment = {} }: { files?: readonly string[]; environment?: Record<string, string> } = {},
): Step {
  const results = join(root, 'build', 'results', `${name.replaceAll(/\W+/g, '-')}.json`);
  return {
    name,
    async run() {
      mkdirSync(dirname(results), { recursive: true });
      rmSync(results, { force: true });
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
      const code = await npm([...words, '--', ...files, ...reporters], environment);
      return tallyOf(results, code);
    },
  };
}

/** The fields of vitest's JSON report that are read here. */
interface Report {
  readonly numPassedTests?: number;
  readonly numFailedTests?: number;
  readonly testResults?: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

// A test file that fails to load fails without a failed test in it.
function tallyOf(results: string, code: number): Tally {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(results, 'utf8')) as Report;
  } catch {
    return { passed: 0, failed: 1, failures: [`vitest wrote no report; exit code ${code}`] };
  }
  const failed = report.numFailedTests ?? 0;
  return {
    passed: report.numPassedTests ?? 0,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    failures: failuresOf(report),
  };
}

function failuresOf({ testResults = [] }: Report): readonly string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.filter((result) => result.status === 'failed');
    if (tests.length === 0) {
      return status === 'failed' ? [shortened(`${name}\n${message ?? ''}`)] : [];
    }
    return tests.map(({ fullName, failureMessages = [] }) =>
      shortened(`${name} > ${fullName}\n${failureMessages.join('\n')}`),
    );
  });
}

function shortened(failure: string): string {
  return failure.split('\n').slice(0, failureLines).join('\n');
}
