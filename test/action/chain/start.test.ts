import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../../scripts/root.js';
import { alteredSts } from '../../support/altered-sts.js';
import { actionNode } from '../../support/entry-points.js';
import { deploy, hub } from '../../support/example-world.js';
import { serve } from '../../support/servers.js';
import { chainOf, openStage } from '../../support/stage.js';

const probe = join(import.meta.dirname, '..', '..', 'support', 'loaded-modules.cjs');
/** Files of `dist` that a plain hop does not run. */
const rare = ['declared.js', 'machine.js', 'explain.js', 'yaml-events.js', 'aws-profiles.js', 'machine-credentials.js'];
/** Modules of Node that take milliseconds to load. */
const slow = ['perf_hooks', 'fs/promises', 'zlib', 'child_process', 'readline', 'internal/webstreams/readablestream'];

it('a plain hop from an ID token loads only what it runs', async () => {
  const stage = await openStage();
  const report = join(stage.job.folders.workspace, 'loaded.json');
  const env = { NODE_OPTIONS: `--require=${probe}`, LOADED: report };
  const { builtIn: bare } = loadedBy(report, () =>
    execFileSync(actionNode, ['-e', "require('node:https'), require('node:crypto')"], {
      env,
    }),
  );
  await stage.succeeds({ 'role-to-assume': hub }, { env });
  const { files, builtIn } = loadedBy(report);
  const names = files.map((path) => basename(path));
  expect(names).toContain('aws-sdk.js');
  expect(names.filter((name) => rare.includes(name))).toEqual([]);
  // On a busy machine the watchdog thread starts, which loads more modules of Node.
  const unwanted = builtIn.includes('worker_threads') ? [] : slow;
  expect(builtIn.filter((name) => unwanted.includes(name) && !bare.includes(name))).toEqual([]);
});

it('every file of dist can be the first that is loaded: none needs another one to have run before it', () => {
  const dist = join(root, 'dist');
  const files = readdirSync(dist).filter((name) => name.endsWith('.js'));
  const loadEach = `for (const file of ${JSON.stringify(files)}) {
    for (const path of Object.keys(require.cache)) delete require.cache[path];
    require(${JSON.stringify(`${dist}/`)} + file);
    console.log(file);
  }`;
  const loaded = execFileSync(actionNode, ['-e', loadEach]).toString();
  expect(loaded.trim().split('\n')).toEqual(files);
});

it('a step connects to STS while its ID token is requested, sends nothing there, and uses that connection', async () => {
  const asked: number[] = [];
  let sts = { url: '', asked: [] as readonly string[], connections: () => 0 };
  const stage = await openStage({
    environment: async ({ url, idToken }) => {
      sts = await alteredSts(url, () => undefined);
      const tokens = await serve(async (_, response) => {
        await expect.poll(sts.connections, { timeout: 15_000 }).toBe(1);
        asked.push(sts.asked.length);
        response.end(JSON.stringify({ value: await idToken() }));
      });
      return { AWS_ENDPOINT_URL_STS: sts.url, ACTIONS_ID_TOKEN_REQUEST_URL: `${tokens.url}/?api-version=1` };
    },
  });
  await stage.succeeds({ 'role-chain': chainOf(hub, deploy) });
  expect(asked).toEqual([0]);
  expect(sts.connections()).toBe(1);
});

function loadedBy(report: string, run: () => unknown = () => undefined): { files: string[]; builtIn: string[] } {
  run();
  return JSON.parse(readFileSync(report, 'utf8'));
}
