import { describe, expect, test } from 'vitest';
import type { StepResult } from '../../../runner/step-result.js';
import { deploy, hub, keys, keyVariables } from '../../support/example-world.js';
import { chainOf, openStage, session } from '../../support/stage.js';

const strict = 'arn:aws:iam::222222222222:role/strict';
const chain = { 'role-chain': chainOf(hub, deploy) } as const;
const accounts = ['111111111111', '222222222222'] as const;

/** The runner masks each line when it arrives, so a late mask would show here. */
function expectHidden({ log, annotations }: StepResult): void {
  expect(log + annotations.map(({ message }) => message).join('\n')).not.toMatch(/\d{12}/);
}

describe('allowed-account-ids', () => {
  test('is checked against the last role before any call', async () => {
    const stage = await openStage();
    await stage.refuses(
      { ...chain, 'allowed-account-ids': '111111111111' },
      deploy,
      'account 222222222222',
      '111111111111',
    );
  });

  test('on a hop is checked against that hop', async () => {
    const stage = await openStage();
    const text = `- { role-to-assume: "${hub}", allowed-account-ids: [222222222222] }\n- ${deploy}`;
    await stage.refuses({ 'role-chain': text }, 'hop 1, allowed-account-ids', hub);
  });

  test('is an error when it is empty', async () => {
    const stage = await openStage();
    await stage.refuses({ ...chain, 'allowed-account-ids': '' }, 'allowed-account-ids', 'empty');
  });

  test('is checked against the account of a role given by name, before AssumeRole', async () => {
    const stage = await openStage({ idToken: false });
    const { log } = await stage.fails({ ...keys, 'role-to-assume': 'ci-hub', 'allowed-account-ids': '222222222222' });
    expect(log).toMatch(/account 111111111111, and allowed-account-ids names only 222222222222/);
    expect(stage.requests('AssumeRole')).toEqual([]);
  });

  test('is checked against a base identity that is exported unchanged', async () => {
    const stage = await openStage({ environment: keyVariables });
    await stage.fails({ 'allowed-account-ids': '222222222222' });
    await stage.succeeds({ 'allowed-account-ids': '111111111111' });
  });
});

describe('mask-aws-account-id', () => {
  const masked = { 'mask-aws-account-id': 'true' } as const;

  test('hides every account ID before the first line that could show one', async () => {
    const stage = await openStage();
    const step = await stage.succeeds({ ...chain, ...masked });
    expect(step.masks).toEqual(expect.arrayContaining([...accounts]));
    expectHidden(step);
    expect(step.outputs).toMatchObject({ 'aws-account-id': '222222222222', 'authenticated-arn': session(deploy) });
  });

  test('also hides them when AWS refuses the chain', async () => {
    const stage = await openStage();
    const step = await stage.fails({
      ...masked,
      'role-chain': chainOf(hub, strict),
      'role-session-name': 'x1',
      'custom-tags': '{"a":"b"}',
    });
    expectHidden(step);
  });

  test('also hides them when the request is invalid', async () => {
    const stage = await openStage();
    const step = await stage.refuses(
      { ...masked, ...chain, 'role-duration-seconds': '2h', 'allowed-account-ids': '111111111111' },
      'role chaining',
    );
    expectHidden(step);
  });

  test.each([
    ['of the base identity', {}, 'success'],
    ['of a role named without one', { 'role-to-assume': 'ci-hub', 'role-chaining': 'true' }, 'success'],
    ['in a refusal', { 'role-to-assume': 'nobody', 'role-chaining': 'true' }, 'failure'],
    ['of the identity that is kept', { 'use-existing-credentials': 'true' }, 'success'],
  ])('also hides them when only AWS knows the account: %s', async (_, inputs, conclusion) => {
    const stage = await openStage({ environment: keyVariables });
    const step = await stage.run({ ...masked, ...inputs });
    expect(step.conclusion).toBe(conclusion);
    expectHidden(step);
  });

  test('also hides them when the guard rejects the session', async () => {
    const stage = await openStage({ idToken: false });
    expectHidden(
      await stage.fails({ ...masked, ...keys, 'role-to-assume': 'ci-hub', 'allowed-account-ids': '222222222222' }),
    );
  });

  test('is off by default', async () => {
    const stage = await openStage();
    const step = await stage.succeeds(chain);
    expect(step.masks).not.toEqual(expect.arrayContaining(['222222222222']));
    expect(step.log).toContain(session(deploy));
  });
});
