import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deploy, hub, keys } from '../../support/example-world.js';
import { homeWith } from '../../support/folders.js';
import { chainOf, openStage, type Stage } from '../../support/stage.js';

/**
 * Main is killed before one of its changes to files; then its post must remove everything of the step. EVERY_WRITE=true
 * tries every change, otherwise each run tries a random few.
 */

const preload = join(import.meta.dirname, '..', '..', 'support', 'kill-at-write.cjs');
const config = '# mine\n[profile dev]\nregion = eu-west-3\n\n[profile z]\nregion=x';
const credentials = '[dev]\naws_access_key_id = theirs\naws_secret_access_key = theirs\n';
const samples = process.env.EVERY_WRITE ? Number.POSITIVE_INFINITY : 3;

const cases: readonly (readonly [string, Readonly<Record<string, string>>, Parameters<typeof homeWith>[0]])[] = [
  ['an overwritten profile', { 'aws-profile': 'dev', 'overwrite-aws-profile': 'true' }, { config, credentials }],
  ['a renewing profile, in an empty home folder', { refresh: 'true' }, undefined],
  ['keys although AWS_PROFILE is set', {}, { config }],
  ['keys in a job without a token', { ...keys, 'aws-profile': 'ours' }, { credentials }],
];

/** A job with a home folder of its own. */
async function openAt(files: Parameters<typeof homeWith>[0], idToken: boolean): Promise<Stage> {
  const home = await homeWith(files, 0o644);
  // Without the job's token, main writes a key file to seal its state.
  const job = { home, ...(!idToken && { runtimeToken: '' }) };
  return openStage({ environment: { AWS_PROFILE: 'z' }, idToken, job });
}

/** Everything in the home folder and the job's temporary folder, with modes. */
async function contents({ job }: Stage): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const folder of [job.folders.home, job.folders.temp]) {
    for (const name of await readdir(folder, { recursive: true })) {
      const path = join(folder, name);
      const { mode } = await stat(path);
      if (!path.includes('_runner_file_commands')) {
        found[path] = `${(mode & 0o777).toString(8)} ${await readFile(path, 'utf8').catch(() => '')}`;
      }
    }
  }
  return found;
}

const seen = (environment: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(environment).filter(([name, value]) => /^AWS_/.test(name) && value !== ''));

/** Runs a main that is killed at a write, then its post. On a mismatch, lists the writes of a complete main. */
async function killedAt(at: number, index: number): Promise<{ wasKilled: boolean }> {
  const [, inputs, files] = cases[index] as (typeof cases)[number];
  const stage = await openAt(files, !('aws-access-key-id' in inputs));
  const before = { files: await contents(stage), environment: seen(stage.job.environment) };
  const env = {
    NODE_OPTIONS: `--require=${preload}`,
    KILL_AT_WRITE: String(at),
    KILL_SIGNAL: at % 2 === 0 ? 'SIGKILL' : 'SIGTERM',
  };
  const main = await stage.job.step({ with: { 'role-chain': chainOf(hub, deploy), ...inputs }, env });
  // Post runs with the `env` of its step; the variable that kills main must not kill post.
  const [post] = await stage.job.finish();
  const after = { files: await contents(stage), environment: seen(stage.job.environment) };
  expect(after, `killed at write ${at}\n${main.log}\n${post?.log}`).toEqual(before);
  expect(post?.exitCode, post?.log).toBe(0);
  return { wasKilled: main.conclusion !== 'success' };
}

describe.runIf(process.platform !== 'win32')('a main that is killed', () => {
  test.each(cases.map(([name], index) => [name, index] as const))(
    'while it hands over %s leaves nothing that its post misses',
    async (_, index) => {
      const first = 1 + Math.floor(Math.random() * 3);
      for (let at = first, tried = 0; tried < samples; tried += 1) {
        const { wasKilled } = await killedAt(at, index);
        if (!wasKilled) {
          break;
        }
        at += samples === Number.POSITIVE_INFINITY ? 1 : 2 + Math.floor(Math.random() * 10);
      }
    },
    samples === Number.POSITIVE_INFINITY ? 600_000 : 60_000,
  );
});
