import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { RecordedRequest } from '../../emulator/server/record-request.js';
import { runProcess } from '../../runner/run-process.js';
import { root } from '../../scripts/root.js';
import { act, giteaRunner } from '../../scripts/tools/go-tools.js';
import { findNode24 } from '../../scripts/tools/npm-tools.js';
import { findTool } from '../../scripts/tools/tool.js';
import { startExample } from '../support/start-example.js';

/** A program that runs workflows on this host, and the Node 24 for their JavaScript actions. */
export interface Runner {
  readonly program: string;
  readonly node: string;
  readonly arguments: (workflow: string) => readonly string[];
}

/** The result of running a workflow. */
export interface WorkflowRun {
  readonly exitCode: number;
  readonly log: string;
  /** The conclusion of each job, by its name in the log. */
  readonly jobs: Readonly<Record<string, string>>;
  /** The requests that STS received. */
  readonly requests: readonly RecordedRequest[];
  /** The AWS files of the home folder afterwards; '' for a missing file. */
  readonly awsFiles: string;
}

// Keeps the runners from asking for a token. A short value would be masked in the middle of words.
const noToken = ['-s', 'GITHUB_TOKEN=none-is-needed'];

const onHost = ['-P', 'ubuntu-latest=-self-hosted', '--no-cache-server', '--action-offline-mode', '--rm'];

/** nektos/act; undefined, after printing the reason, when it cannot be installed. */
export function findAct(): Promise<Runner | undefined> {
  const byName = `org/assume-role@v1=${root}`;
  return findRunner(act, (workflow) => {
    return ['workflow_dispatch', '-W', workflow, ...onHost, '--local-repository', byName, ...noToken];
  });
}

/** Gitea's runner; undefined, after printing the reason, when it cannot be installed. */
export function findGiteaRunner(): Promise<Runner | undefined> {
  return findRunner(giteaRunner, (workflow) => {
    return ['exec', '--event', 'workflow_dispatch', '-W', workflow, '--image=-self-hosted', ...noToken];
  });
}

async function findRunner(tool: typeof act, args: Runner['arguments']): Promise<Runner | undefined> {
  const [program, node] = [await findTool(tool), await findNode24()];
  const missing = [program, node].flatMap((found) => ('missing' in found ? [found.missing] : []));
  if ('path' in program && 'path' in node) {
    return { program: program.path, node: node.path, arguments: args };
  }
  console.log(`skipped: ${tool.name} ${tool.version} cannot run here (${missing.join('; ')})`);
  return undefined;
}

/** Runs a workflow against its own emulator, with an empty environment and an empty home folder. */
export async function runWorkflow(runner: Runner, workflow: string): Promise<WorkflowRun> {
  const home = await mkdtemp(join(tmpdir(), 'workflow-'));
  const emulator = await startExample();
  try {
    const job = Object.entries(emulator.environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
    const { exitCode, stdout, stderr } = await runProcess({
      command: runner.program,
      args: [...runner.arguments(workflow), ...job],
      folder: root,
      environment: {
        HOME: home,
        PATH: [dirname(runner.node), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
        ACT_DISABLE_VERSION_CHECK: '1',
      },
      timeoutMs: 5 * 60_000,
      onLine: () => undefined,
    });
    const log = stdout + stderr;
    return { exitCode, log, jobs: jobsOf(log), requests: emulator.requests, awsFiles: await awsFiles(home) };
  } finally {
    await emulator.close();
    await rm(home, { recursive: true, force: true });
  }
}

/** The log lines of one job, in order. */
export function linesOf({ log }: WorkflowRun, job: string): readonly string[] {
  return log.split('\n').flatMap((line) => (jobOf(line) === job ? [line.slice(line.indexOf(']') + 1).trim()] : []));
}

function jobsOf(log: string): Record<string, string> {
  const ends = log.split('\n').flatMap((line) => {
    const outcome = /\bJob (succeeded|failed)$/.exec(line.trim())?.[1];
    const job = jobOf(line);
    return outcome === undefined || job === undefined ? [] : [[job, outcome] as const];
  });
  return Object.fromEntries(ends);
}

function jobOf(line: string): string | undefined {
  return /^\[[\w-]+\/([\w-]+)\s*\]/.exec(line)?.[1];
}

async function awsFiles(home: string): Promise<string> {
  const files = ['config', 'credentials'].map((name) => join(home, '.aws', name));
  return (await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')))).join('');
}
