import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { root } from '../../scripts/root.js';
import { findAct } from './run-workflow.js';

const execute = promisify(execFile);
const act = await findAct();

/** The code blocks of the page in one language, from the given heading on. */
function blocks(page: string, language: string, heading: string): readonly string[] {
  const found = page
    .slice(page.indexOf(`## ${heading}`))
    .matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'));
  return [...found].map(([, block = '']) => block);
}

test.skipIf(act === undefined)(
  'docs/act.md does what it says, in a shell and a repository of its own',
  async () => {
    const page = await readFile(join(root, 'docs/act.md'), 'utf8');
    const home = await mkdtemp(join(tmpdir(), 'laptop-'));
    try {
      const workflows = join(home, 'my-repository/.github/workflows');
      await mkdir(workflows, { recursive: true });
      const [workflow = ''] = blocks(page, 'yaml', '3. Run the workflow');
      await writeFile(join(workflows, 'deploy.yml'), workflow);
      const [start = ''] = blocks(page, 'sh', '2. Start the emulator');
      const [run = ''] = blocks(page, 'sh', '3. Run the workflow');
      const commit = 'git init -q; git add -A; git -c user.name=a -c user.email=a@example.com commit -qm a';
      const script = `cd "$HOME/my-repository" && { ${commit}; }
      cd "$CLONE"
      ${start.replaceAll('./emulator.env', 'emulator.env').replaceAll('emulator.env', '"$HOME/emulator.env"')}
      trap 'kill "$emulator"' EXIT
      ${run.replace('$HOME/src/assume-role', '$CLONE')}`;
      const programs = [act?.program ?? '', act?.node ?? '', process.execPath].map(dirname);
      const PATH = [...programs, '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter);
      const env = { HOME: home, CLONE: root, PATH, ACT_DISABLE_VERSION_CHECK: '1' };
      const { stdout } = await execute('bash', ['-euc', script], { env, maxBuffer: 1e8 });
      expect(stdout).toContain('| I am arn:aws:sts::222222222222:assumed-role/deploy/GitHubActions');
      expect(stdout).toMatch(/Success - Post org\/assume-role@v1[\s\S]*Job succeeded/);
    } finally {
      await rm(home, { recursive: true, force: true, maxRetries: 10 });
    }
  },
  120_000,
);
