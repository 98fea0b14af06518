import { describe, expect, test } from 'vitest';
import { bot, deploy, hub, keys, production } from '../../support/example-world.js';
import { chainOf, openStage, session } from '../../support/stage.js';

const chain = { 'role-chain': chainOf(hub, deploy, production) } as const;
const requestId = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

describe('the log of a failed hop says', () => {
  test('in the middle of a chain: which of how many, caller, role, code, message, request ID', async () => {
    const stage = await openStage({
      change: (world) => {
        delete world.accounts['222222222222']?.roles?.deploy;
      },
    });
    const step = await stage.fails(chain);
    const words = `User: ${session(hub)} is not authorized to perform: sts:AssumeRole on resource: ${deploy}`;
    for (const text of ['Hop 2 of 3', session(hub), deploy, 'AccessDenied', words]) {
      expect(step.log).toContain(text);
    }
    expect(step.log).toMatch(requestId);
    const [annotation] = step.annotations;
    expect(annotation?.title).toMatch(/Hop 2 of 3.*AccessDenied/);
    expect(stage.calls().filter((call) => call.includes(production))).toEqual([]);
  });

  test('at the end: middle sessions stay masked and nothing is handed over', async () => {
    const stage = await openStage();
    stage.emulator.faults.add({ operation: 'AssumeRole', roleArn: production, fault: { kind: 'access-denied' } });
    const { log } = await stage.fails(chain);
    expect(log).toMatch(/Hop 3 of 3/);
    for (const text of [session(deploy), production, 'AccessDenied']) {
      expect(log.slice(log.indexOf('Hop 3 of 3'))).toContain(text);
    }
  });

  test('at the first hop with an ID token: which role and token', async () => {
    const stage = await openStage({
      change: (world) => {
        world.job = { claims: { repository: 'octo-org/other' } };
      },
    });
    const { log } = await stage.fails(chain);
    expect(log).toMatch(/Hop 1 of 3/);
    expect(log).toContain('Not authorized to perform sts:AssumeRoleWithWebIdentity');
    expect(log).toContain('repo:octo-org/other:ref:refs/heads/main');
  });

  test('at the first hop with keys: the identity behind them', async () => {
    const stage = await openStage({ idToken: false });
    stage.emulator.faults.add({ operation: 'AssumeRole', fault: { kind: 'access-denied' } });
    const { log } = await stage.fails({ ...keys, ...chain });
    for (const text of ['Hop 1 of 3', bot, hub]) {
      expect(log).toContain(text);
    }
  });

  test('that AWS sent no message, where it sent none', async () => {
    const stage = await openStage();
    stage.emulator.faults.add({
      operation: 'AssumeRole',
      fault: { kind: 'error', code: 'MalformedInput', status: 400 },
    });
    const { log } = await stage.fails(chain);
    expect(log).toMatch(/Hop 2 of 3.*MalformedInput/);
  });
});

describe('the log of a failed base identity says', () => {
  test('that credentials are missing where they are expected', async () => {
    const stage = await openStage({ environment: { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:9/none' } });
    const { log } = await stage.fails({ ...chain, 'credential-source': 'EcsContainer' });
    expect(log).toMatch(/Base identity.*container endpoint/);
    expect(stage.calls()).toEqual([]);
  });

  test('that the instance metadata service does not answer', async () => {
    const stage = await openStage({ environment: { AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:9' } });
    const { log } = await stage.fails({ ...chain, 'credential-source': 'Ec2InstanceMetadata' });
    expect(log).toMatch(/Base identity.*instance metadata service/);
  });

  test('that the profile is not in the AWS files', async () => {
    const stage = await openStage({ idToken: false, environment: { AWS_PROFILE: 'nobody' } });
    const { log } = await stage.fails({ ...chain, 'role-chaining': 'true' });
    expect(log).toContain('AWS_PROFILE: it names the profile nobody');
  });

  test('that its keys are unknown to AWS, without showing the secret', async () => {
    const stage = await openStage({ idToken: false });
    const secret = ['not', 'a', 'real', 'secret'].join('-');
    stage.job.addSecrets(secret);
    const { log } = await stage.fails({
      'aws-access-key-id': 'AKIAI44QH8DHBEXAMPLE',
      'aws-secret-access-key': secret,
      'role-to-assume': hub,
    });
    expect(log).toContain('InvalidClientTokenId');
  });
});
