import { describe, expect, test } from 'vitest';
import { deploy, hub } from '../../support/example-world.js';
import { startProxy } from '../../support/proxy-server.js';
import { chainOf, openStage } from '../../support/stage.js';
import { startTls } from '../../support/tls-server.js';

const chain = { 'role-chain': chainOf(hub, deploy) } as const;
const noRegion = { AWS_REGION: '' } as const;

describe('the Region', () => {
  test.each([
    [
      'aws-region',
      { 'aws-region': 'eu-central-1' },
      { AWS_REGION: 'eu-west-2', AWS_DEFAULT_REGION: 'eu-west-3' },
      'eu-central-1',
      undefined,
    ],
    ['AWS_REGION', {}, { AWS_REGION: 'eu-west-2', AWS_DEFAULT_REGION: 'eu-west-3' }, 'eu-west-2', undefined],
    [
      'AWS_DEFAULT_REGION',
      {},
      { ...noRegion, AWS_DEFAULT_REGION: 'eu-west-3' },
      'eu-west-3',
      'The Region eu-west-3 is that of AWS_DEFAULT_REGION.',
    ],
  ])('comes from %s, is used for STS, and is exported', async (_, inputs, environment, region, said) => {
    const stage = await openStage({ environment });
    const step = await stage.succeeds({ ...chain, ...inputs });
    expect(stage.requests('AssumeRole')[0]).toMatchObject({ region });
    expect(step.environmentChanges).toMatchObject({ AWS_REGION: region, AWS_DEFAULT_REGION: region });
    expect(step.log.match(/The Region \S+ is that of \w+\./)?.[0]).toBe(said);
  });

  test('defaults to the partition’s, and is then not exported', async () => {
    const stage = await openStage({ environment: noRegion });
    const step = await stage.succeeds(chain);
    expect(stage.requests('AssumeRole')[0]).toMatchObject({ region: 'us-east-1' });
    expect(Object.keys(step.environmentChanges).sort()).toEqual([
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
    ]);
  });

  test('is an error when it is not a Region', async () => {
    const stage = await openStage({ environment: { AWS_REGION: 'Ireland' } });
    await stage.refuses(chain, 'AWS_REGION', "'Ireland'");
  });

  test('in which STS is not activated for the account fails with AWS’s message', async () => {
    const stage = await openStage({ environment: { AWS_REGION: 'ap-east-1' } });
    const { log } = await stage.fails({ 'role-chain': chainOf(hub, 'arn:aws:iam::333333333333:role/deploy') });
    expect(log).toContain('STS is not activated in this region for account:333333333333');
  });
});

describe('the audience', () => {
  test('is the given one, with any characters', async () => {
    const audience = 'https://github.com/octo org?a=b&c=ü';
    const stage = await openStage({
      change: (world) => {
        const [provider] = world.accounts['111111111111']?.oidcProviders ?? [];
        provider?.clientIds.push(audience);
        const role = world.accounts['111111111111']?.roles?.['ci-hub'];
        if (role) {
          role.trustPolicy = JSON.parse(
            JSON.stringify(role.trustPolicy).replace('"sts.amazonaws.com"', JSON.stringify(audience)),
          );
        }
      },
    });
    await stage.succeeds({ 'role-to-assume': hub, audience });
    expect(stage.requests('GetIdToken')[0]?.parameters).toEqual({ audience });
  });

  test('that the provider does not accept fails once, with AWS’s message', async () => {
    const stage = await openStage();
    const { log } = await stage.fails({ 'role-to-assume': hub, audience: 'nobody' });
    expect(log).toContain('Incorrect token audience');
    expect(stage.calls()).toHaveLength(1);
  });
});

describe('sts-endpoint', () => {
  const nowhere = 'http://127.0.0.1:9';

  test('takes precedence over the environment, and AWS_ENDPOINT_URL_STS over AWS_ENDPOINT_URL', async () => {
    const stage = await openStage({ environment: { AWS_ENDPOINT_URL_STS: nowhere, AWS_ENDPOINT_URL: nowhere } });
    await stage.succeeds({ ...chain, 'sts-endpoint': stage.emulator.url });
    const other = await openStage({ environment: { AWS_ENDPOINT_URL: nowhere } });
    await other.succeeds(chain);
  });

  test.each([
    ['sts.eu-central-1.amazonaws.com', 'eu-central-1'],
    ['sts.amazonaws.com', 'us-east-1'],
  ])('of AWS, %s, gets signatures of its own Region, and the Region asked for is exported', async (host, signed) => {
    const stage = await openStage({
      environment: async ({ url }) => {
        const tls = await startTls({ behind: url, names: [host] });
        const { port } = await startProxy(tls.port);
        return { HTTPS_PROXY: `http://127.0.0.1:${port}`, NODE_EXTRA_CA_CERTS: tls.certificate };
      },
    });
    const step = await stage.succeeds({ ...chain, 'aws-region': 'eu-west-1', 'sts-endpoint': `https://${host}` });
    expect(stage.requests('AssumeRole')[0]).toMatchObject({ region: signed });
    expect(step.environmentChanges.AWS_REGION).toBe('eu-west-1');
  });

  test('may be plain http on every loopback name', async () => {
    const stage = await openStage();
    await stage.succeeds(
      { ...chain, 'sts-endpoint': stage.emulator.url.replace('127.0.0.1', 'localhost') },
      { env: { NODE_OPTIONS: '--dns-result-order=ipv4first' } },
    );
  });

  test('that is not STS is reported, without the text of an exception', async () => {
    const stage = await openStage();
    for (const kind of ['redirect', 'malformed', 'empty'] as const) {
      stage.emulator.faults.clear();
      stage.emulator.faults.add({ operation: 'AssumeRoleWithWebIdentity', first: 9, fault: { kind } });
      const { log } = await stage.fails({ ...chain, 'disable-retry': 'true' });
      expect(log).toMatch(/Hop 1 of 2.*(NotAnStsAnswer|IncompleteAnswer)/);
    }
  });

  test('where nothing listens is reported with the hop and Node’s code', async () => {
    const stage = await openStage();
    const { log } = await stage.fails({ ...chain, 'sts-endpoint': nowhere, 'disable-retry': 'true' });
    expect(log).toMatch(/Hop 1 of 2.*ECONNREFUSED/);
  });
});
