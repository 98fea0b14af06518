import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Subject } from './measure.js';

/** Runs the step once with `refresh`, and gives the call a tool would make of its credential process, served from cache. */
export async function refreshSubject({
  root,
  node,
  environment,
}: {
  root: string;
  node: string;
  environment: Readonly<Record<string, string>>;
}): Promise<{ subject: Subject; close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-refresh-'));
  const files = Object.fromEntries(
    ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'].map((name) => [name, join(folder, name)]),
  );
  for (const file of Object.values(files)) {
    writeFileSync(file, '');
  }
  const env = { ...environment, ...files, HOME: folder, RUNNER_TEMP: folder, INPUT_REFRESH: 'true' };
  await promisify(execFile)(node, [join(root, 'dist/main/index.js')], { env });
  const [, command = ''] = /credential_process = (.*)/.exec(readFileSync(join(folder, '.aws/config'), 'utf8')) ?? [];
  const [program = '', ...words] = command.split(' ');
  return {
    subject: { name: 'refresh, served from cache', command: [program, ...words], environment: {} },
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}
