import { expect, test } from 'vitest';
import { alteredSts } from '../../support/altered-sts.js';
import { deploy, hub } from '../../support/example-world.js';
import { chainOf, openStage } from '../../support/stage.js';

const chain = { 'role-chain': chainOf(hub, deploy) } as const;

test('the session of another role is masked, rejected and explained, and nothing is handed over', async () => {
  const stage = await openStage();
  const { url } = await alteredSts(stage.emulator.url, (answer) => {
    answer.body = answer.body.replace('assumed-role/deploy/', 'assumed-role/admin/');
  });
  const { log } = await stage.fails({ ...chain, 'sts-endpoint': url });
  expect(log).toContain('STS answered for another role ==');
  expect(log).toContain(`assumed-role/admin/GitHubActions, but ${deploy} was requested`);
});

test('with an STS of another vendor that returns no ARN, the walk succeeds and the outputs contain what is known', async () => {
  const stage = await openStage();
  const { url } = await alteredSts(stage.emulator.url, (answer) => {
    answer.body = answer.body.replace(/<Arn>[^<]+<\/Arn>/, '<Arn></Arn>');
  });
  const step = await stage.succeeds({ ...chain, 'sts-endpoint': url });
  expect(step.outputs['aws-account-id']).toBe('222222222222');
  expect(step.outputs).not.toHaveProperty('authenticated-arn');
  expect(JSON.parse(step.outputs['role-chain'] ?? '')).toEqual([
    expect.objectContaining({ roleArn: hub, accountId: '111111111111' }),
    expect.objectContaining({ roleArn: deploy, accountId: '222222222222' }),
  ]);
  expect(step.log).toContain('You are deploy/GitHubActions (STS did not return its ARN)');
});
