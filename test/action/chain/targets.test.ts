import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { profileText } from '../../support/base-files.js';
import { hub, spoke } from '../../support/example-world.js';
import { profileNames, snapshot, spokeAccount, spokeRole, spokeTargets, withSpokes } from '../../support/fan-out.js';
import { openStage, type Stage } from '../../support/stage.js';
import { policy } from '../../support/world-roles.js';

const staging = spoke('deploy');
const prod = 'arn:aws:iam::333333333333:role/deploy';
const pair = `staging: [${hub}, ${staging}]\nprod: [${hub}, ${prod}]`;
const keyNames = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

/** Runs the step in eu-west-1. */
function run(stage: Stage, inputs: Record<string, string>) {
  return stage.run({ 'aws-region': 'eu-west-1', ...inputs });
}

function credentialsFile({ job }: Stage): Promise<string> {
  return readFile(join(job.folders.home, '.aws/credentials'), 'utf8');
}

/**
 * The maximum of requests in flight: those that arrived within the shortest time of an answer. Times in milliseconds.
 */
function mostAtOnce(arrivals: readonly number[], shortest: number): number {
  return Math.max(...arrivals.map((start) => arrivals.filter((at) => at >= start && at < start + shortest).length));
}

describe('twenty targets behind one hub', () => {
  const names = Array.from({ length: 20 }, (_, at) => `spoke-${at + 1}`);

  test('need one ID token and 21 calls, at most 8 of them at a time, over 8 connections', async () => {
    const setup = await openStage({ change: withSpokes(20), emulator: { latencyMs: 250 } });
    const result = await run(setup, { targets: spokeTargets(20) });
    expect(result.conclusion).toBe('success');
    const { emulator } = setup;
    expect(setup.requests('GetIdToken')).toHaveLength(1);
    expect(setup.requests('AssumeRoleWithWebIdentity')).toHaveLength(1);
    expect(setup.requests('AssumeRole')).toHaveLength(20);
    expect(emulator.requests).toHaveLength(22);
    const arrivals = emulator.requests.map(({ at }) => at);
    expect(mostAtOnce(arrivals, 250)).toBe(8);
    expect(new Set(emulator.requests.map(({ connection }) => connection)).size).toBeLessThanOrEqual(8);
  });

  test('become twenty profiles of their own accounts and one output, and nothing else', async () => {
    const setup = await openStage({ change: withSpokes(20) });
    const result = await run(setup, { targets: spokeTargets(20) });
    expect(await profileNames(setup, 'credentials')).toEqual(names);
    expect(await profileNames(setup, 'config')).toEqual(names.map((name) => `profile ${name}`));
    expect(result.environmentChanges).toEqual({});
    expect(Object.keys(result.outputs)).toEqual(['targets']);
    const targets = JSON.parse(result.outputs.targets ?? '') as Record<string, Record<string, string>>;
    expect(Object.keys(targets)).toEqual(names);
    expect(targets['spoke-7']).toEqual({
      accountId: spokeAccount(7),
      arn: `arn:aws:sts::${spokeAccount(7)}:assumed-role/deploy/GitHubActions`,
      expiration: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
  });

  test('are reached although STS throttles some: the walk slows down and logs that once', async () => {
    const setup = await openStage({ change: withSpokes(20) });
    for (const index of [2, 5, 8, 11, 14, 17]) {
      setup.emulator.faults.add({
        operation: 'AssumeRole',
        roleArn: spokeRole(index),
        first: 2,
        fault: { kind: 'throttle' },
      });
    }
    const result = await run(setup, { targets: spokeTargets(20) });
    expect(result.conclusion).toBe('success');
    expect(setup.requests('AssumeRole')).toHaveLength(32);
    expect(setup.requests('AssumeRoleWithWebIdentity')).toHaveLength(1);
    expect(result.log.match(/AWS STS throttled 12 calls of this step/g)).toHaveLength(1);
  });

  test('all fail when some are refused: each of those is named, and nothing is left for any', async () => {
    const aws = { '.aws/config': '[default]\nregion = eu-west-1\n', '.aws/credentials': profileText('default') };
    const setup = await openStage({ change: withSpokes(20), home: aws });
    for (const index of [4, 9, 20]) {
      delete setup.emulator.world.accounts[spokeAccount(index)]?.roles?.deploy;
    }
    const before = await snapshot(setup.job.folders.home);
    const result = await run(setup, { targets: spokeTargets(20) });
    expect(result.exitCode).toBe(1);
    const errors = result.annotations.filter(({ level }) => level === 'error');
    expect(errors).toHaveLength(1);
    for (const index of [4, 9, 20]) {
      expect(errors[0]?.title).toMatch(new RegExp(`\\bspoke-${index}\\b`));
      expect(errors[0]?.message).toMatch(new RegExp(`\\bspoke-${index}\\b`));
      expect(result.log).toContain(spokeRole(index));
    }
    expect(errors[0]?.message).not.toMatch(/\bspoke-5\b/);
    expect(result.outputs).toEqual({});
    expect(result.environmentChanges).toEqual({});
    expect(await snapshot(setup.job.folders.home)).toEqual(before);
    await setup.job.finish();
    expect(await snapshot(setup.job.folders.home)).toEqual(before);
  });
});

describe('shared hops', () => {
  test('that are refused fail every target behind them, after one call', async () => {
    const setup = await openStage();
    setup.emulator.faults.add({ operation: 'AssumeRoleWithWebIdentity', first: 9, fault: { kind: 'access-denied' } });
    const result = await run(setup, { targets: pair });
    expect(result.exitCode).toBe(1);
    expect(setup.requests('AssumeRoleWithWebIdentity')).toHaveLength(1);
    expect(setup.requests('AssumeRole')).toHaveLength(0);
    const [error] = result.annotations.filter(({ level }) => level === 'error');
    expect(error?.title).toContain('staging, prod');
  });

  test('are called once even when one target ends on the path of another, or two are equal', async () => {
    const setup = await openStage();
    const long = 'arn:aws:iam::333333333333:role/deploy';
    const way = `[${hub}, { role-to-assume: ${staging}, role-duration-seconds: 30m }`;
    const targets = `one: ${way}]\ntwo: ${way}, ${long}]\nsame: ${way}]`;
    const result = await run(setup, { targets });
    expect(result.conclusion).toBe('success');
    const roles = setup.requests('AssumeRole').map(({ parameters }) => parameters.RoleArn);
    expect(roles).toEqual([staging, long]);
    expect(await profileNames(setup, 'credentials')).toEqual(['one', 'two', 'same']);
  });

  test('are called in the partition of each target', async () => {
    const gov = '555555555555';
    const setup = await openStage({
      region: false,
      change: (world) => {
        const providers = world.accounts['111111111111']?.oidcProviders ?? [];
        const provider = `arn:aws-us-gov:iam::${gov}:oidc-provider/token.actions.githubusercontent.com`;
        const trustPolicy = policy({ Principal: { Federated: provider }, Action: 'sts:AssumeRoleWithWebIdentity' });
        world.accounts[gov] = { partition: 'aws-us-gov', oidcProviders: providers, roles: { deploy: { trustPolicy } } };
      },
    });
    const targets = `commercial: [${hub}, ${staging}]\ngov: [arn:aws-us-gov:iam::${gov}:role/deploy]`;
    const result = await run(setup, { targets, 'aws-region': '' });
    expect(result.conclusion).toBe('success');
    expect(setup.requests('GetIdToken')).toHaveLength(1);
    expect(JSON.parse(result.outputs.targets ?? '')).toHaveProperty(
      'gov.arn',
      `arn:aws-us-gov:sts::${gov}:assumed-role/deploy/GitHubActions`,
    );
  });

  test('are separate calls when one option differs', async () => {
    const setup = await openStage();
    const targets = `a: [${hub}, ${staging}]\nb: [{ role-to-assume: ${hub}, role-session-name: other }, ${prod}]`;
    await run(setup, { targets });
    expect(setup.requests('GetIdToken')).toHaveLength(1);
    expect(setup.requests('AssumeRoleWithWebIdentity')).toHaveLength(2);
  });

  test('from a base without the permission ask once for the identity of that base, whatever the number of targets', async () => {
    const setup = await openStage({ change: withSpokes(12), idToken: false });
    const lines = Array.from({ length: 12 }, (_, at) => `spoke-${at + 1}: ${spokeRole(at + 1)}`);
    const result = await run(setup, {
      targets: lines.join('\n'),
      'aws-access-key-id': 'AKIAIOSFODNN7EXAMPLE',
      'aws-secret-access-key': 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    });
    expect(result.exitCode).toBe(1);
    expect(setup.requests('AssumeRole')).toHaveLength(12);
    expect(setup.requests('GetCallerIdentity')).toHaveLength(1);
    expect(result.log).toContain('arn:aws:iam::111111111111:user/ci-bot');
  });
});

describe('later steps get', () => {
  test('from one target: the variables and outputs of a plain chain, and no profile', async () => {
    const setup = await openStage();
    const result = await run(setup, { targets: `prod: [${hub}, ${prod}]` });
    expect(Object.keys(result.environmentChanges).sort()).toEqual(
      [...keyNames, 'AWS_DEFAULT_REGION', 'AWS_REGION'].sort(),
    );
    expect(result.outputs).toMatchObject({
      'aws-account-id': '333333333333',
      'authenticated-arn': 'arn:aws:sts::333333333333:assumed-role/deploy/GitHubActions',
    });
    expect(JSON.parse(result.outputs.targets ?? '')).toHaveProperty('prod.accountId', '333333333333');
    expect(JSON.parse(result.outputs['role-chain'] ?? '')).toHaveLength(2);
    expect(await snapshot(setup.job.folders.home)).toEqual({});
  });

  test('from one target with aws-profile: a profile of that name', async () => {
    const setup = await openStage();
    const result = await run(setup, { targets: `prod: [${hub}, ${prod}]`, 'aws-profile': 'release' });
    expect(result.environmentChanges).toEqual({});
    expect(await profileNames(setup, 'credentials')).toEqual(['release']);
    expect(result.outputs['aws-account-id']).toBe('333333333333');
  });

  test('from several with one named in aws-profile: AWS_PROFILE and its identity as outputs, no keys', async () => {
    const setup = await openStage();
    const result = await run(setup, { targets: pair, 'aws-profile': 'prod' });
    expect(result.environmentChanges).toMatchObject({ AWS_PROFILE: 'prod', AWS_REGION: 'eu-west-1' });
    for (const name of keyNames) {
      expect(result.environmentChanges).not.toHaveProperty(name);
    }
    expect(result.outputs['aws-account-id']).toBe('333333333333');
    expect(await profileNames(setup, 'credentials')).toEqual(['staging', 'prod']);
  });

  test('with output-env-credentials: also the keys of that target', async () => {
    const setup = await openStage();
    const inputs = { targets: pair, 'aws-profile': 'prod', 'output-env-credentials': 'true' };
    const { environmentChanges } = await run(setup, inputs);
    expect(environmentChanges.AWS_PROFILE).toBe('prod');
    const [, prodSection = ''] = (await credentialsFile(setup)).split('[prod]');
    expect(prodSection).toContain(environmentChanges.AWS_ACCESS_KEY_ID);
    expect(prodSection).toContain(environmentChanges.AWS_SESSION_TOKEN);
  });

  test('no session of an earlier hop: only the last keys are left, and all keys are masked', async () => {
    const setup = await openStage();
    const result = await run(setup, { targets: pair });
    const keys = [...(await credentialsFile(setup)).matchAll(/= (\S+)$/gm)].map(([, value = '']) => value);
    expect(keys).toHaveLength(6);
    const secrets = keys.filter((key) => !/^ASIA\w{16}$/.test(key));
    expect(secrets).toHaveLength(4);
    for (const secret of secrets) {
      expect(result.masks).toContain(secret);
      expect(result.log).not.toContain(secret);
    }
    expect(result.masks.length).toBeGreaterThanOrEqual(7);
  });
});

describe('the step fails before any call for', () => {
  test('targets that do not fit together, and for an account guard', async () => {
    const setup = await openStage();
    const result = await run(setup, { targets: pair, 'aws-profile': 'dev', 'allowed-account-ids': '222222222222' });
    expect(result.exitCode).toBe(1);
    expect(result.log).toContain("'dev' is none of the selected targets");
    expect(result.log).toContain('is in account 333333333333');
    expect(setup.emulator.requests).toEqual([]);
    expect(await snapshot(setup.job.folders.home)).toEqual({});
  });

  test('an existing profile', async () => {
    const setup = await openStage({ home: { '.aws/credentials': profileText('prod') } });
    const before = await snapshot(setup.job.folders.home);
    const result = await run(setup, { targets: pair });
    expect(result.exitCode).toBe(1);
    expect(result.log).toContain("the profile prod is already in this machine's AWS files");
    expect(setup.emulator.requests).toEqual([]);
    expect(await snapshot(setup.job.folders.home)).toEqual(before);
  });
});

describe('an account guard', () => {
  test('of the step applies to the last hop of each target, not to the hub', async () => {
    const setup = await openStage();
    const result = await run(setup, { targets: pair, 'allowed-account-ids': '222222222222, 333333333333' });
    expect(result.conclusion).toBe('success');
  });

  test('of a hop applies to that hop only', async () => {
    const setup = await openStage();
    const guarded = `{ role-to-assume: ${staging}, allowed-account-ids: ['222222222222'] }`;
    const result = await run(setup, { targets: `staging: [${hub}, ${guarded}]\nprod: [${hub}, ${prod}]` });
    expect(result.conclusion).toBe('success');
  });
});

describe('use-existing-credentials', () => {
  const again = { targets: pair, 'use-existing-credentials': 'true' };

  test('keeps the profiles of all targets that exist already', async () => {
    const setup = await openStage();
    await run(setup, { targets: pair });
    const before = await snapshot(setup.job.folders.home);
    const calls = setup.requests('AssumeRole').length;
    const result = await run(setup, again);
    expect(result.conclusion).toBe('success');
    expect(setup.requests('AssumeRole')).toHaveLength(calls);
    expect(await snapshot(setup.job.folders.home)).toEqual(before);
    expect(Object.keys(JSON.parse(result.outputs.targets ?? ''))).toEqual(['staging', 'prod']);
  });

  test('makes a kept target current when aws-profile names it', async () => {
    const setup = await openStage();
    await run(setup, { targets: pair });
    const result = await run(setup, { ...again, 'aws-profile': 'prod' });
    expect(result.environmentChanges.AWS_PROFILE).toBe('prod');
  });

  test('walks only to the targets without a profile', async () => {
    const setup = await openStage();
    await run(setup, { targets: `staging: [${hub}, ${staging}]\nother: [${hub}, ${spoke('strict')}]` });
    const kept = (await credentialsFile(setup)).split('[other]')[0] ?? '';
    const calls = setup.emulator.requests.length;
    const result = await run(setup, again);
    expect(result.conclusion).toBe('success');
    const later = setup.emulator.requests.slice(calls).filter(({ operation }) => operation === 'AssumeRole');
    expect(later.map(({ parameters }) => parameters.RoleArn)).toEqual([prod]);
    expect(await credentialsFile(setup)).toContain(kept);
    expect(Object.keys(JSON.parse(result.outputs.targets ?? ''))).toEqual(['staging', 'prod']);
  });

  test('does not walk when a profile that cannot be kept may not be overwritten', async () => {
    const setup = await openStage({ home: { '.aws/credentials': profileText('prod') } });
    const result = await run(setup, again);
    expect(result.exitCode).toBe(1);
    expect(result.log).toContain("the profile prod is already in this machine's AWS files");
    expect(setup.requests('AssumeRoleWithWebIdentity')).toEqual([]);
  });
});

describe('post', () => {
  const aws = {
    '.aws/config': '# mine\r\n[default]\r\nregion=eu-west-1\r\n\r\n[profile prod]\r\nrole_arn = x # old\r\n',
    '.aws/credentials': `${profileText('staging')}; the last line has no line break`,
  };

  test('removes every profile and restores overwritten ones byte for byte', async () => {
    const setup = await openStage({ home: aws });
    const before = await snapshot(setup.job.folders.home);
    const result = await run(setup, { targets: pair, 'aws-profile': 'prod', 'overwrite-aws-profile': 'true' });
    expect(result.conclusion).toBe('success');
    expect(await profileNames(setup, 'credentials')).toEqual(['staging', 'prod']);
    expect(setup.job.environment.AWS_PROFILE).toBe('prod');
    await setup.job.finish();
    expect(await snapshot(setup.job.folders.home)).toEqual(before);
    expect(setup.job.environment.AWS_PROFILE ?? '').toBe('');
  });

  test('leaves an empty home folder empty', async () => {
    const setup = await openStage({ change: withSpokes(20) });
    await run(setup, { targets: spokeTargets(20) });
    expect(await profileNames(setup, 'credentials')).toHaveLength(20);
    await setup.job.finish();
    expect(await snapshot(setup.job.folders.home)).toEqual({});
  });
});

test('mask-aws-account-id hides the account ID of every target', async () => {
  const setup = await openStage({ change: withSpokes(3) });
  const result = await run(setup, { targets: spokeTargets(3), 'mask-aws-account-id': 'true' });
  expect(result.conclusion).toBe('success');
  expect(result.log).not.toMatch(/(?<!\d)\d{12}(?!\d)/);
});
