import { describe, expect, test } from 'vitest';
import { type HttpProxy, startProxy } from '../../support/proxy-server.js';
import { chainOf, deploy, hub, openStage, production, type Stage } from '../../support/stage.js';
import { startTls } from '../../support/tls-server.js';

const chain = { 'role-chain': chainOf(hub, deploy) } as const;
const methods = ({ asked }: HttpProxy) => asked.map((line) => line.split('?')[0]);

/** What a proxied chain asks: the ID token and both hops. */
const everything = ({ emulator }: Stage) => [
  `GET ${emulator.url}/idtoken`,
  `POST ${emulator.url}/`,
  `POST ${emulator.url}/`,
];

describe('a proxy', () => {
  test('given as http-proxy is used for STS and for the ID token', async () => {
    const [proxy, stage] = [await startProxy(), await openStage()];
    await stage.succeeds({ ...chain, 'http-proxy': `http://127.0.0.1:${proxy.port}` });
    expect(methods(proxy)).toEqual(everything(stage));
  });

  test.each(['HTTP_PROXY', 'http_proxy'])('in %s is used as well', async (name) => {
    const proxy = await startProxy();
    const stage = await openStage({ environment: { [name]: `http://127.0.0.1:${proxy.port}` } });
    await stage.succeeds(chain);
    expect(methods(proxy)).toEqual(everything(stage));
  });

  test('given as an input wins over the environment', async () => {
    const [given, other] = [await startProxy(), await startProxy()];
    const stage = await openStage({ environment: { HTTP_PROXY: `http://127.0.0.1:${other.port}` } });
    await stage.succeeds({ ...chain, 'http-proxy': `http://127.0.0.1:${given.port}` });
    expect([given.asked.length, other.asked.length]).toEqual([3, 0]);
  });

  test.each([
    ['no-proxy', { 'no-proxy': 'example.com, 127.0.0.1' }, {}],
    ['NO_PROXY', {}, { NO_PROXY: '127.0.0.1,example.com' }],
    ['no_proxy', {}, { no_proxy: '*' }],
  ])('is left out for the hosts of %s', async (_, inputs, environment) => {
    const proxy = await startProxy();
    const stage = await openStage({ environment });
    await stage.succeeds({ ...chain, ...inputs, 'http-proxy': `http://127.0.0.1:${proxy.port}` });
    expect(proxy.asked).toEqual([]);
    expect(stage.requests('AssumeRole')).toHaveLength(1);
  });

  test('is used for hosts that no-proxy does not name', async () => {
    const [proxy, stage] = [await startProxy(), await openStage()];
    await stage.succeeds({
      ...chain,
      'http-proxy': `http://127.0.0.1:${proxy.port}`,
      'no-proxy': 'example.com,27.0.0.1',
    });
    expect(proxy.asked).toHaveLength(3);
  });

  test('gets its user and password, which the log never shows', async () => {
    const [proxy, stage] = [await startProxy(), await openStage()];
    const password = ['p', 'ss w', 'rd'].join('@');
    const address = `http://robot:${encodeURIComponent(password)}@127.0.0.1:${proxy.port}`;
    stage.job.addSecrets(password, encodeURIComponent(password));
    const step = await stage.succeeds({ ...chain, 'http-proxy': address });
    expect(step.masks).toEqual(expect.arrayContaining([password, encodeURIComponent(password)]));
    const expected = `Basic ${Buffer.from(`robot:${password}`).toString('base64')}`;
    expect(new Set(proxy.authorizations)).toEqual(new Set([expected]));
  });

  test('that is not there fails the step without its password', async () => {
    const stage = await openStage();
    const password = ['never', 'shown'].join('-');
    stage.job.addSecrets(password);
    const step = await stage.fails({
      ...chain,
      'http-proxy': `http://robot:${password}@127.0.0.1:9`,
      'disable-retry': 'true',
    });
    expect(step.log).toContain('ECONNREFUSED');
  });

  test.each([
    ['http-proxy', { 'http-proxy': 'proxy.example.com:3128' }, {}],
    ['http-proxy', { 'http-proxy': 'socks5://proxy.example.com' }, {}],
    ['HTTP_PROXY', {}, { HTTP_PROXY: 'not an address' }],
  ])('is refused where %s is no address of one', async (where, inputs, environment) => {
    const stage = await openStage({ environment });
    await stage.refuses({ ...chain, ...inputs }, where, 'http://proxy.example.com:3128');
  });
});

describe('a tunnel for https', () => {
  const https = { AWS_ENDPOINT_URL_STS: '' } as const;
  const once = { ...chain, 'disable-retry': 'true' } as const;

  test.each(['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY'])('goes to the Region’s STS through %s', async (name) => {
    const proxy = await startProxy();
    const stage = await openStage({ environment: { ...https, [name]: `http://127.0.0.1:${proxy.port}` } });
    await stage.fails({ ...once, 'no-proxy': '127.0.0.1' });
    expect(proxy.asked).toEqual(['CONNECT sts.eu-west-1.amazonaws.com:443']);
  });

  test.each([
    ['another Region', { 'aws-region': 'ap-south-1' }, 'sts.ap-south-1.amazonaws.com:443'],
    [
      'China',
      { 'aws-region': 'cn-north-1', 'role-chain': 'arn:aws-cn:iam::111111111111:role/a' },
      'sts.cn-north-1.amazonaws.com.cn:443',
    ],
    [
      'GovCloud',
      { 'aws-region': 'us-gov-west-1', 'role-chain': 'arn:aws-us-gov:iam::111111111111:role/a' },
      'sts.us-gov-west-1.amazonaws.com:443',
    ],
    ['an endpoint of one’s own', { 'sts-endpoint': 'https://sts.example.com:8443' }, 'sts.example.com:8443'],
  ])('goes to %s', async (_, inputs, address) => {
    const proxy = await startProxy();
    const stage = await openStage({ environment: https });
    await stage.fails({ ...once, ...inputs, 'http-proxy': `http://127.0.0.1:${proxy.port}` });
    expect(proxy.asked.at(-1)).toBe(`CONNECT ${address}`);
  });

  test('stands for all hops of a chain', async () => {
    const stage = await openStage({ environment: https });
    const sts = await startTls({ behind: stage.emulator.url });
    const proxy = await startProxy(sts.port);
    const inputs = {
      'role-chain': chainOf(hub, deploy, production),
      'sts-endpoint': sts.url,
      'http-proxy': `http://127.0.0.1:${proxy.port}`,
      'no-proxy': '127.0.0.1',
    };
    await stage.succeeds(inputs, { env: { NODE_EXTRA_CA_CERTS: sts.certificate } });
    expect(proxy.asked).toEqual([`CONNECT localhost:${sts.port}`]);
    expect(sts.connections()).toBe(1);
  });

  test('that the proxy refuses says so, and shows nothing of it', async () => {
    const proxy = await startProxy();
    const stage = await openStage({ environment: https });
    const { log } = await stage.fails({ ...once, 'http-proxy': `http://127.0.0.1:${proxy.port}` });
    expect(log).toMatch(/Hop 1 of 2.*(403|proxy)/i);
  });
});
