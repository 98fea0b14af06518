import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { startEmulator } from '../../../emulator/server/start-emulator.js';
import { readJson } from '../../../emulator/world/json-text.js';
import { loadWorld } from '../../../emulator/world/load-world.js';
import { parseWorld, parseWorldFile } from '../../../emulator/world/parse-world.js';
import { worldRule } from '../../../emulator/world/world-rule.js';
import { root } from '../../../scripts/root.js';
import { fits } from '../../support/json-schema.js';
import { clientOf, keysOf, refusalOf } from '../../support/sts-client.js';

const examples = ['organization', 'small'].map((name) => join(root, 'emulator/examples', `${name}.json`));
const trustPolicy = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }] };
const withRole = (role: object) => ({ accounts: { '111111111111': { roles: { hub: { trustPolicy, ...role } } } } });

/** Invalid worlds, with the place and the problem of each. */
const mistakes: readonly (readonly [world: unknown, place: string, problem: string])[] = [
  [[], 'world', 'must be an object, is []'],
  [{}, 'world', "'accounts' is missing"],
  [{ accounts: { '12': {} } }, 'world.accounts.12', "'12' is not an account ID (12 digits)"],
  [{ accounts: {}, jobs: {} }, 'world.jobs', "'jobs' is not a known word; did you mean 'job'?"],
  [{ accounts: {}, toString: {} }, 'world.toString', "'toString' is not a known word; known words are"],
  [
    withRole({ maxSessionDuration: 60 }),
    'world.accounts.111111111111.roles.hub.maxSessionDuration',
    'must be a whole number of seconds from 3600 to 43200, is 60',
  ],
  [
    withRole({ trustPolicy: {} }),
    'world.accounts.111111111111.roles.hub.trustPolicy',
    'must be a policy with a Statement, is {}',
  ],
  [
    withRole({ path: 'team' }),
    'world.accounts.111111111111.roles.hub.path',
    "must be an IAM path such as '/' or '/team/', is \"team\"",
  ],
  [
    withRole({ policies: ['AdministratorAccess'] }),
    'world.accounts.111111111111.roles.hub.policies[0]',
    'must be the ARN of a managed policy, is "AdministratorAccess"',
  ],
  [
    { accounts: { '111111111111': { partition: 'aws-mars' } } },
    'world.accounts.111111111111.partition',
    'must be one of aws, ',
  ],
  [
    { accounts: {}, job: { claims: { repositry: 'a/b' } } },
    'world.job.claims.repositry',
    "'repositry' is not a known word; did you mean 'repository'?",
  ],
  [
    { accounts: {}, job: { claims: { repository: 'me' } } },
    'world.job.claims.repository',
    'must be OWNER/NAME, such as octo-org/octo-repo, is "me"',
  ],
  [
    { accounts: {}, job: { claims: { ref: 'main' } } },
    'world.job.claims.ref',
    'must be a whole ref, such as refs/heads/main, is "main"',
  ],
  [{ accounts: {}, container: {} }, 'world.container', "'role' is missing"],
  [{ accounts: {}, instance: { role: 'runner' } }, 'world.instance.role', 'must be the ARN of a role, is "runner"'],
  [
    { accounts: {}, rate: { perSecond: 0, burst: 1 } },
    'world.rate.perSecond',
    'must be a number of calls a second from 0.01',
  ],
  [{ accounts: {}, service: 'azure' }, 'world.service', 'must be one of aws, minio, ceph, is "azure"'],
];

describe('a world file', () => {
  test.each(examples)('%s is valid, and its job comes first', async (file) => {
    const world = await loadWorld(file);
    expect(Object.keys(world).slice(0, 2)).toEqual(['$schema', 'job']);
    expect(Object.keys(world.job?.claims ?? {})).toEqual(['repository', 'ref', 'environment']);
  });

  test.each(mistakes)('%j is rejected with its location', (world, place, problem) => {
    expect(() => parseWorld(world)).toThrow(`The world is not valid:\n  ${place}: ${problem}`);
  });

  test.each(['instance', 'container'])('the role of the %s is in an account', (machine) => {
    const role = 'arn:aws:iam::111111111111:role/runner';
    const read = (world: object) => parseWorldFile(readJson(JSON.stringify(world)));
    expect(() => read({ ...withRole({}), [machine]: { role } })).toThrow(
      `world.${machine}.role: no account of this world has the role ${role}`,
    );
    expect(() => read({ ...withRole({}), [machine]: { role: role.replace('runner', 'hub') } })).not.toThrow();
  });

  test('each problem has its line', () => {
    const text = readJson(JSON.stringify(withRole({ maxSessionDuration: 60, tag: {} }), undefined, 2));
    expect(() => parseWorld(text.value, text)).toThrow(
      /line 15, world\.\S+maxSessionDuration: must be .*\n {2}line 16, world\.\S+tag: 'tag' is not a known word; did you mean 'tags'\?$/,
    );
  });
});

describe('the examples', () => {
  const hub = 'arn:aws:iam::111111111111:role/ci-hub';
  const RoleArn = 'arn:aws:iam::222222222222:role/deploy';

  test.each(
    examples.flatMap((file) => [
      ['staging', 'reaches deploy', file],
      ['production', 'reaches deploy', file],
      ['elsewhere', 'is denied', file],
    ]),
  )('a job in the environment %s %s, in %s', async (environment, outcome, file) => {
    const emulator = await startEmulator({ world: await loadWorld(file) });
    try {
      const federated = {
        RoleArn: hub,
        RoleSessionName: 'ab',
        WebIdentityToken: await emulator.idToken({ environment }),
      };
      const entered = clientOf(emulator).send(new AssumeRoleWithWebIdentityCommand(federated));
      if (outcome === 'is denied') {
        expect((await refusalOf(entered)).code).toBe('AccessDenied');
      } else {
        const { Credentials } = await entered;
        const reached = await clientOf(emulator, keysOf(Credentials)).send(
          new AssumeRoleCommand({ RoleArn, RoleSessionName: 'ab' }),
        );
        expect(reached.AssumedRoleUser?.Arn).toBe('arn:aws:sts::222222222222:assumed-role/deploy/ab');
      }
      expect(emulator.notes).toEqual([]);
    } finally {
      await emulator.close();
    }
  });
});

describe('the schema for editors', () => {
  test.each(examples)('accepts %s', (file) => {
    expect(fits(JSON.parse(readFileSync(file, 'utf8')), worldRule.schema)).toBe(true);
  });

  test.each(mistakes.filter(([world]) => !JSON.stringify(world).includes('toString')))('rejects %j', (world) => {
    expect(fits(world, worldRule.schema)).toBe(false);
  });
});
