import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../scripts/root.js';
import { actionNode } from './action-node.js';
import type { Subject } from './measure.js';
import { runnerVariables } from './runner-variables.js';
import { names } from './subjects.js';

/** A subject that needs the results of an earlier step. */
export interface LaterSubject {
  readonly subject: Subject;
  readonly close: () => void;
}

/** The `credential_process` call that a tool makes for a renewing profile; the session comes from the cache. */
export async function refreshSubject(environment: Readonly<Record<string, string>>): Promise<LaterSubject> {
  const { folder, close } = await runOnce({ ...environment, INPUT_REFRESH: 'true' });
  const [, command = ''] = /credential_process = (.*)/.exec(readFileSync(join(folder, '.aws/config'), 'utf8')) ?? [];
  const [program = '', ...words] = command.split(' ');
  return { subject: { name: names.refresh, command: [program, ...words], environment: {} }, close };
}

/** The post step, which restores the variables that a step exported. */
export async function postSubject(environment: Readonly<Record<string, string>>): Promise<LaterSubject> {
  const { folder, close } = await runOnce(environment);
  const state = Object.entries(entriesOf(join(folder, 'GITHUB_STATE'))).map(([name, value]) => [
    `STATE_${name}`,
    value,
  ]);
  const after = { ...environment, ...entriesOf(join(folder, 'GITHUB_ENV')), ...Object.fromEntries(state) };
  return {
    subject: { name: names.post, command: [actionNode, join(root, 'dist/post/index.js')], environment: after },
    close,
  };
}

/** Runs the step in a folder of its own, which is also its home. */
async function runOnce(environment: Readonly<Record<string, string>>): Promise<{ folder: string; close: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const env = { ...environment, ...runnerVariables(folder) };
  await promisify(execFile)(actionNode, [join(root, 'dist/main/index.js')], { env });
  return { folder, close: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The variables that a step wrote to one of the runner's command files. */
function entriesOf(file: string): Record<string, string> {
  const entries = readFileSync(file, 'utf8').matchAll(/^(.+?)<<(ghadelimiter_\S+)\n([\s\S]*?)\n\2$/gm);
  return Object.fromEntries([...entries].map(([, name, , value]) => [name, value]));
}
