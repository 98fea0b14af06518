import { describe, expect, test } from 'vitest';
import { addressOf, everything, openBehindProxy, stsHost } from '../../support/behind-proxy.js';
import { deploy, hub, production } from '../../support/example-world.js';
import { startProxy } from '../../support/proxy-server.js';
import { chainOf, openStage } from '../../support/stage.js';

const chain = { 'role-chain': chainOf(hub, deploy) } as const;
describe('a proxy', () => {
  test('from http-proxy is used for STS and for the ID token, one tunnel each', async () => {
    const { stage, proxy } = await openBehindProxy();
    await stage.succeeds({ 'role-chain': chainOf(hub, deploy, production), 'http-proxy': addressOf(proxy) });
    expect(proxy.asked).toEqual(everything);
  });

  test('from https_proxy, without a scheme, is also used', async () => {
    const { stage, proxy } = await openBehindProxy(({ port }) => ({ https_proxy: `127.0.0.1:${port}` }));
    await stage.succeeds(chain);
    expect(proxy.asked).toEqual(everything);
  });

  test('from an input takes precedence over the environment', async () => {
    const other = await startProxy();
    const { stage, proxy } = await openBehindProxy(() => ({ HTTPS_PROXY: addressOf(other) }));
    await stage.succeeds({ ...chain, 'http-proxy': addressOf(proxy) });
    expect([proxy.asked, other.asked]).toEqual([everything, []]);
  });

  test.each([
    ['no-proxy', { 'no-proxy': `example.org, ${stsHost}` }, {}],
    ['NO_PROXY', {}, { NO_PROXY: '.example.com' }],
  ])('is not used for the hosts of %s', async (_, inputs, environment) => {
    const { stage, proxy } = await openBehindProxy(() => environment);
    await stage.fails({ ...chain, ...inputs, 'http-proxy': addressOf(proxy), 'disable-retry': 'true' });
    expect(proxy.asked).not.toContain(`CONNECT ${stsHost}:443`);
  });

  test('is never used for loopback addresses', async () => {
    const [proxy, stage] = [await startProxy(), await openStage()];
    await stage.succeeds({ ...chain, 'http-proxy': addressOf(proxy) });
    expect(proxy.asked).toEqual([]);
  });

  test('gets its user and password, including a single %, and the log never shows them', async () => {
    const { stage, proxy } = await openBehindProxy();
    const password = ['100%', 'ss w', 'rd'].join('@');
    const written = password.replaceAll('@', '%40').replaceAll(' ', '%20');
    stage.job.addSecrets(password, written);
    const address = `http://robot:${written}@127.0.0.1:${proxy.port}`;
    const step = await stage.succeeds({ ...chain, 'http-proxy': address });
    expect(step.masks).toEqual(expect.arrayContaining([password, written]));
    const expected = `Basic ${Buffer.from(`robot:${password}`).toString('base64')}`;
    expect(new Set(proxy.authorizations)).toEqual(new Set([expected]));
  });

  test('that is unreachable fails the step with its address, without its password', async () => {
    const { stage } = await openBehindProxy();
    const password = ['never', 'shown'].join('-');
    stage.job.addSecrets(password);
    const address = `http://robot:${password}@127.0.0.1:9`;
    const step = await stage.fails({ ...chain, 'http-proxy': address, 'disable-retry': 'true' });
    expect(step.log).toContain('ECONNREFUSED: the proxy 127.0.0.1:9: connect ECONNREFUSED');
  });

  test('with an invalid address is an error where a call would use it, and ignored where none would', async () => {
    const environment = { HTTPS_PROXY: 'socks5://proxy.example.com:1080' };
    const stage = await openStage({ environment });
    await stage.refuses({ ...chain, 'sts-endpoint': `https://${stsHost}` }, 'HTTPS_PROXY', 'a socks5 proxy');
    await stage.succeeds(chain);
  });

  test('that refuses CONNECT is named as the cause', async () => {
    const proxy = await startProxy();
    const stage = await openStage({ environment: { AWS_ENDPOINT_URL_STS: `https://${stsHost}` } });
    const { log } = await stage.fails({ ...chain, 'http-proxy': addressOf(proxy) });
    expect(log).toContain(
      `The proxy said  ProxyRefused: the proxy 127.0.0.1:${proxy.port} answered CONNECT ${stsHost}:443 with HTTP 403`,
    );
    expect(log).toContain("1. The proxy's allow-list does not contain the host");
    expect(log).not.toContain('AWS said');
    expect(proxy.asked, 'a refusal is not asked for again').toHaveLength(1);
  });
});

describe('a tunnel without sts-endpoint', () => {
  test.each([
    ['the Region', {}, 'sts.eu-west-1.amazonaws.com:443'],
    ['another Region', { 'aws-region': 'ap-south-1' }, 'sts.ap-south-1.amazonaws.com:443'],
    [
      'China',
      { 'aws-region': 'cn-north-1', 'role-chain': 'arn:aws-cn:iam::111111111111:role/a' },
      'sts.cn-north-1.amazonaws.com.cn:443',
    ],
    ['a configured endpoint', { 'sts-endpoint': 'https://sts.example.com:8443' }, 'sts.example.com:8443'],
  ])('goes to STS of %s', async (_, inputs, address) => {
    const proxy = await startProxy();
    const stage = await openStage({ environment: { AWS_ENDPOINT_URL_STS: '' } });
    await stage.fails({ ...chain, ...inputs, 'http-proxy': addressOf(proxy) });
    expect(proxy.asked.at(-1)).toBe(`CONNECT ${address}`);
  });
});
