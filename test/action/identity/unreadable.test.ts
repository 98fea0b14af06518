import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { profileText, writeAwsFiles } from '../../support/base-files.js';
import { deploy, hub } from '../../support/example-world.js';
import { plainNode } from '../../support/plain-node.js';
import { chainOf, openStage, type Stage, session } from '../../support/stage.js';

const plain = plainNode();
afterAll(() => plain?.remove());

const oneHop = { 'role-to-assume': hub, 'role-skip-session-tagging': 'true' } as const;

/** A stage that respects file modes, even if root runs the tests. It restores the modes before it closes. */
async function openPlain(environment: Record<string, string>, idToken = false): Promise<Stage> {
  return openStage({ idToken, environment, job: { node: plain?.node ?? '' } });
}

async function lock(path: string, work: () => Promise<unknown>): Promise<void> {
  await chmod(path, 0);
  try {
    await work();
  } finally {
    await chmod(path, 0o700);
  }
}

const home = (stage: Stage, ...names: string[]) => join(stage.job.folders.home, ...names);

describe.skipIf(plain === undefined)('an existing file that cannot be read', () => {
  test.each([
    ['the credentials file', ['.aws', 'credentials']],
    ['the folder of both files', ['.aws']],
  ])('is an error that names it, not a missing file: %s', async (_, names) => {
    const stage = await openPlain({ AWS_PROFILE: 'ci' });
    await writeAwsFiles(stage, profileText('ci'));
    await lock(home(stage, ...names), () =>
      stage.refuses(oneHop, join('.aws', 'credentials'), /cannot be read: .*(permission|EACCES)/i),
    );
  });

  test('is an error before the metadata service is queried', async () => {
    const stage = await openPlain({ AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:9' });
    await writeAwsFiles(stage, profileText('default'));
    await lock(home(stage, '.aws', 'credentials'), () => stage.refuses(oneHop, 'credentials', 'cannot be read'));
  });

  test('causes a warning when the base identity has another source, and the keys are handed over', async () => {
    const stage = await openPlain({}, true);
    await writeAwsFiles(stage, profileText('ci'));
    await lock(home(stage, '.aws', 'credentials'), async () => {
      const step = await stage.succeeds({ 'role-chain': chainOf(hub, deploy) });
      expect(step.outputs['authenticated-arn']).toBe(session(deploy));
      expect(step.annotations.map(({ message }) => message).join()).toMatch(/credentials cannot be read/);
    });
  });

  test.each([
    ['AWS_WEB_IDENTITY_TOKEN_FILE', { AWS_ROLE_ARN: hub }, {}],
    ['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:9/' }, oneHop],
  ])('is reported when it contains a token: %s', async (variable, variables, inputs) => {
    const stage = await openPlain(variables);
    const path = home(stage, 'token');
    await writeFile(path, 'a-token-that-nobody-reads', { mode: 0o600 });
    await lock(path, async () => {
      const { log } = await stage.run(inputs, { env: { [variable]: path } });
      expect(log).toMatch(/token cannot be read: .*(permission|EACCES)/i);
      expect(stage.emulator.requests).toEqual([]);
    });
  });

  test('is reported when it is the role-chain file', async () => {
    const stage = await openPlain({}, true);
    const path = join(stage.job.folders.workspace, 'roles.ini');
    await writeFile(path, `[profile prod]\nrole_arn = ${hub}\n`);
    await lock(path, () =>
      stage.refuses({ 'role-chain-file': 'roles.ini', targets: 'prod' }, 'role-chain-file', 'cannot be read'),
    );
  });
});
