import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { postWith } from '../../support/entry-points.js';
import { deploy, hub, production } from '../../support/example-world.js';
import { chainOf, openStage, type Stage } from '../../support/stage.js';

const chain = { 'role-chain': chainOf(hub, deploy) } as const;
const oidc = { 'credential-source': 'oidc' } as const;
const names = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
] as const;

/** The variables that a later step sees. An empty one counts as unset, because the runner cannot unset it. */
const found = ({ job }: Stage) => Object.fromEntries(names.map((name) => [name, job.environment[name] || undefined]));

const write = (name: string, value: string) => `echo "${name}=${value}" >> "$GITHUB_ENV"`;

describe('post', () => {
  test('restores what was there before', async () => {
    const before = {
      AWS_ACCESS_KEY_ID: 'AKIAI44QH8DHBEXAMPLE',
      AWS_SECRET_ACCESS_KEY: ['an', 'older', 'secret'].join('-'),
      AWS_REGION: 'us-west-2',
    };
    const stage = await openStage({ environment: before });
    stage.job.addSecrets(before.AWS_SECRET_ACCESS_KEY);
    await stage.succeeds({ ...chain, ...oidc, 'aws-region': 'eu-west-1' });
    expect(found(stage)).toMatchObject({ AWS_REGION: 'eu-west-1', AWS_SESSION_TOKEN: expect.any(String) });
    const [post] = await stage.finish();
    expect(found(stage)).toEqual({ ...before, AWS_SESSION_TOKEN: undefined, AWS_DEFAULT_REGION: undefined });
    expect(post?.log).toContain('Restored: AWS_ACCESS_KEY_ID');
  });

  test('keeps what another step has set since', async () => {
    const stage = await openStage();
    await stage.succeeds(chain);
    await stage.job.run(write('AWS_REGION', 'sa-east-1'));
    const [post] = await stage.finish();
    expect(found(stage)).toMatchObject({
      AWS_REGION: 'sa-east-1',
      AWS_ACCESS_KEY_ID: undefined,
      AWS_DEFAULT_REGION: undefined,
    });
    expect(post?.log).toMatch(/Kept.*: AWS_REGION\./);
  });

  test('of nested steps restores in reverse order', async () => {
    const stage = await openStage({ environment: { AWS_REGION: 'us-west-2' } });
    const outer = await stage.succeeds({ ...chain, 'aws-region': 'eu-west-1' });
    const inner = await stage.succeeds({
      'role-to-assume': production,
      'role-chaining': 'true',
      'aws-region': 'eu-west-3',
      'role-skip-session-tagging': 'true',
    });
    expect(stage.requests('AssumeRole').at(-1)?.accessKeyId).toBe(outer.environmentChanges.AWS_ACCESS_KEY_ID);
    expect(found(stage)).toMatchObject({ AWS_ACCESS_KEY_ID: inner.environmentChanges.AWS_ACCESS_KEY_ID });
    const [innerPost, outerPost] = await stage.finish();
    expect(innerPost?.environmentChanges).toEqual(outer.environmentChanges);
    expect(outerPost?.environmentChanges).toMatchObject({ AWS_ACCESS_KEY_ID: '', AWS_REGION: 'us-west-2' });
    expect(found(stage)).toMatchObject({
      AWS_REGION: 'us-west-2',
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SESSION_TOKEN: undefined,
    });
  });

  test('after a failed step has nothing to restore, and succeeds', async () => {
    const stage = await openStage();
    await stage.fails({ ...chain, 'role-duration-seconds': 'abc' });
    const [post] = await stage.finish();
    expect(post?.environmentChanges).toEqual({});
    expect(post?.log).toContain('Nothing to restore.');
  });

  test("does nothing with AWS_SKIP_CLEANUP_STEP: TRUE, even when the runner's condition differs", async () => {
    const stage = await openStage();
    const { environmentChanges } = await stage.succeeds(chain);
    await stage.job.run(write('AWS_SKIP_CLEANUP_STEP', 'TRUE'));
    await stage.finish();
    expect(found(stage)).toMatchObject(environmentChanges);
  });

  test('makes no request and reads no inputs', async () => {
    const stage = await openStage();
    await stage.succeeds(chain);
    const before = stage.emulator.requests.length;
    await stage.emulator.close();
    await stage.finish();
    expect(stage.emulator.requests).toHaveLength(before);
    expect(found(stage)).toMatchObject({ AWS_ACCESS_KEY_ID: undefined });
  });

  test.each(['{', '{"variables":[{}]}'])('succeeds when its state is %s', async (state) => {
    const post = await postWith(await openStage(), state);
    expect(post).toMatchObject({ exitCode: 0, conclusion: 'success', environmentChanges: {} });
    expect(post.raw).not.toMatch(/^\s+at /m);
  });

  test('gets no key through its state', async () => {
    const stage = await openStage();
    const step = await stage.succeeds({ ...chain, 'output-credentials': 'true' });
    const state = JSON.stringify(step.state);
    for (const secret of stage.job.secrets) {
      expect(state.includes(secret)).toBe(false);
    }
  });

  const clock = join(import.meta.dirname, '../../support/shift-clock.cjs');
  const late: readonly (readonly [string, Readonly<Record<string, string>>, number, RegExp | undefined])[] = [
    [
      'a session that ended before',
      {},
      5400,
      /session ended at \d{4}-\S+Z, \d+ s \(30m.*\) before the job:.*refresh: true/,
    ],
    ['a session that has not ended', {}, 3000, undefined],
    ['renewing profiles', { refresh: 'true' }, 5400, undefined],
  ];
  test.each(late)(
    'says of %s only where it ended before post, by how much, and the fix',
    async (_, inputs, seconds, words) => {
      const stage = await openStage();
      const env = { NODE_OPTIONS: `--require=${clock}`, TEST_CLOCK_OFFSET_MS: '0' };
      const step = await stage.job.step({ with: { ...chain, ...inputs }, env });
      expect(step.conclusion, step.log).toBe('success');
      env.TEST_CLOCK_OFFSET_MS = String(seconds * 1000);
      const [post] = await stage.finish();
      if (words === undefined) {
        expect(post?.log).not.toContain('ended');
      } else {
        expect(post?.log).toMatch(words);
      }
    },
  );
});
