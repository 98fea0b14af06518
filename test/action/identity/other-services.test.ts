import { describe, expect, test } from 'vitest';
import type { ServiceName } from '../../../emulator/world/world.js';
import { keys } from '../../support/example-world.js';
import { openStage, type Stage } from '../../support/stage.js';

const role = 'arn:aws:iam:::role/team/S3Access';

const open = (service: ServiceName): Promise<Stage> =>
  openStage({ idToken: false, change: (world) => Object.assign(world, { service }) });

const hopsOf = ({ outputs }: { readonly outputs: Readonly<Record<string, string>> }) =>
  JSON.parse(outputs['role-chain'] ?? '') as Record<string, unknown>[];

describe('an STS of another vendor at sts-endpoint', () => {
  test('returns no ARNs: the walk succeeds, and the outputs contain what is known (MinIO)', async () => {
    const stage = await open('minio');
    const endpoint = { 'sts-endpoint': stage.emulator.url, 'aws-region': 'garage' };
    const step = await stage.succeeds({ ...keys, ...endpoint, 'role-to-assume': role });
    expect(step.environmentChanges).toMatchObject({ AWS_REGION: 'garage', AWS_ACCESS_KEY_ID: expect.any(String) });
    expect(step.outputs).not.toHaveProperty('authenticated-arn');
    expect(step.outputs).not.toHaveProperty('aws-account-id');
    expect(hopsOf(step)).toEqual([{ roleArn: role, expiration: step.outputs['aws-expiration'] }]);
    expect(step.log).toContain('You are S3Access/GitHubActions (STS did not return its ARN)');
  });

  test('has empty account IDs, and role paths in the ARNs of sessions (Ceph)', async () => {
    const stage = await open('ceph');
    const endpoint = { 'sts-endpoint': stage.emulator.url, 'aws-region': 'auto' };
    const step = await stage.succeeds({ ...keys, ...endpoint, 'role-chain': `${role}\narn:aws:iam:::role/Reader` });
    expect(step.outputs['authenticated-arn']).toBe('arn:aws:sts:::assumed-role/Reader/GitHubActions');
    expect(hopsOf(step)[0]).toMatchObject({
      roleArn: role,
      arn: 'arn:aws:sts:::assumed-role/team/S3Access/GitHubActions',
    });
    expect(step.summary).toContain('`S3Access/GitHubActions`, `Reader/GitHubActions`'.split(', ')[1]);
  });

  test('accepts a session as base, with or without a known identity', async () => {
    const stage = await open('ceph');
    const first = await stage.succeeds({
      ...keys,
      'sts-endpoint': stage.emulator.url,
      'role-to-assume': role,
      'output-credentials': 'true',
    });
    const session = {
      AWS_ACCESS_KEY_ID: first.outputs['aws-access-key-id'] ?? '',
      AWS_SECRET_ACCESS_KEY: first.outputs['aws-secret-access-key'] ?? '',
      AWS_SESSION_TOKEN: first.outputs['aws-session-token'] ?? '',
    };
    stage.job.addSecrets(...Object.values(session));
    const words = { 'credential-source': 'Environment', 'sts-endpoint': stage.emulator.url };
    await stage.succeeds({ ...words, 'role-to-assume': 'arn:aws:iam:::role/Reader' }, { env: session });
  });
});
