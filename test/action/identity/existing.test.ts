import { describe, expect, test } from 'vitest';
import type { Emulator } from '../../../emulator/server/emulator.js';
import { bot, deploy, hub, keyVariables } from '../../support/example-world.js';
import { asVariables } from '../../support/issued.js';
import { chainOf, openStage, session } from '../../support/stage.js';

const chain = { 'role-chain': chainOf(hub, deploy) } as const;
const reuse = { ...chain, 'use-existing-credentials': 'true' } as const;

/** The identity is kept; only the Region is exported. */
const regions = { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' } as const;

const sessionOf = (roleArn: string) => (emulator: Emulator) => asVariables(emulator.issue(roleArn));

describe('use-existing-credentials', () => {
  test('keeps an existing session of the wanted role', async () => {
    const stage = await openStage({ environment: sessionOf(deploy) });
    const step = await stage.succeeds(reuse);
    expect(stage.calls()).toEqual(['GetCallerIdentity']);
    expect(step.environmentChanges).toEqual(regions);
    expect(step.outputs).toMatchObject({
      'authenticated-arn': session(deploy, 'issued'),
      'aws-account-id': '222222222222',
    });
    expect(step.log).toMatch(/^Kept: .*deploy\/issued/m);
    await stage.finish();
    expect(stage.job.environment.AWS_ACCESS_KEY_ID).toMatch(/^ASIA/);
  });

  test('keeps any identity when no role is given', async () => {
    const stage = await openStage({ environment: keyVariables });
    const step = await stage.succeeds({ 'use-existing-credentials': 'true' });
    expect(step.outputs['authenticated-arn']).toBe(bot);
    expect(step.environmentChanges).toEqual(regions);
  });

  test.each([
    [
      'is a role of that name in another account',
      sessionOf('arn:aws:iam::333333333333:role/deploy'),
      {},
      /Not kept: .*not the requested role/,
    ],
    ['is absent', () => ({}), {}, /Not kept: there are no valid credentials/],
    ['is a made-up key', () => ({ ...keyVariables, AWS_ACCESS_KEY_ID: 'AKIAI44QH8DHBEXAMPLE' }), {}, /Not kept/],
  ])('walks the chain when the existing identity %s', async (_, environment, inputs, line) => {
    const stage = await openStage({ environment });
    const step = await stage.succeeds({ ...reuse, ...inputs, 'credential-source': 'oidc' });
    expect(step.log).toMatch(line);
    expect(step.outputs['authenticated-arn']).toBe(session(deploy));
    expect(step.environmentChanges.AWS_ACCESS_KEY_ID).toMatch(/^ASIA/);
  });

  test('walks the chain when the session has expired', async () => {
    const stage = await openStage({ environment: sessionOf(deploy) });
    stage.emulator.clock.advance(2 * 3600);
    const step = await stage.run({ ...reuse, 'credential-source': 'oidc' });
    expect(step.log).toMatch(/Not kept: there are no valid credentials/);
  });

  test('checks the existing identity against the account guard', async () => {
    const stage = await openStage({ environment: keyVariables });
    const { log } = await stage.fails({ 'use-existing-credentials': 'true', 'allowed-account-ids': '222222222222' });
    expect(log).toMatch(/Not kept: .*allowed-account-ids/);
  });
});

describe('unset-current-credentials', () => {
  const unset = { 'unset-current-credentials': 'true' } as const;

  test('ignores existing credentials in this step', async () => {
    const stage = await openStage({ idToken: false, environment: keyVariables });
    await stage.refuses({ ...unset, 'role-to-assume': hub }, 'no base identity');
    await stage.refuses({ ...unset, 'role-to-assume': hub, 'credential-source': 'Environment' }, 'AWS_ACCESS_KEY_ID');
  });

  test('blanks them for later steps, unless other keys replace them', async () => {
    const left = {
      ...keyVariables,
      AWS_SESSION_TOKEN: ['left', 'over'].join('-'),
      AWS_ROLE_ARN: hub,
      AWS_WEB_IDENTITY_TOKEN_FILE: '/nowhere',
    };
    const stage = await openStage({ environment: left });
    const step = await stage.succeeds({ ...chain, ...unset, 'output-env-credentials': 'false' });
    expect(step.environmentChanges).toEqual(Object.fromEntries(Object.keys(left).map((name) => [name, ''])));
    await stage.finish();
    expect(stage.job.environment).toMatchObject(left);
  });

  test('masks them before they are saved for post, because a debug log shows the state', async () => {
    const token = ['token', 'of', 'the', 'container'].join('-');
    const left = {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://localhost:9/',
      AWS_CONTAINER_AUTHORIZATION_TOKEN: token,
    };
    const stage = await openStage({ environment: left, job: { debug: true } });
    const step = await stage.succeeds({ ...chain, ...unset });
    expect(step.log).toContain('Save intra-action state');
    expect(step.log).not.toContain(token);
  });

  test('keeps the new keys that replace them', async () => {
    const stage = await openStage({ environment: { ...keyVariables, AWS_ROLE_ARN: hub } });
    const step = await stage.succeeds({ ...chain, ...unset });
    expect(step.environmentChanges).toMatchObject({
      AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA/),
      AWS_ROLE_ARN: '',
    });
  });
});
