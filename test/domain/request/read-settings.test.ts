import { describe, expect, it } from 'vitest';
import { visibleEnvironment } from '../../../src/domain/input/environment.js';
import type { RawInputs } from '../../../src/domain/input/input-names.js';
import { isLoopback } from '../../../src/domain/proxy/loopback.js';
import { readEarlySettings } from '../../../src/domain/request/read-early-settings.js';
import { readSettings } from '../../../src/domain/request/read-settings.js';
import { defaultSettings } from '../../support/example-chain.js';
import { reported } from '../../support/reported.js';

function read(inputs: RawInputs, environment: Record<string, string> = {}) {
  const { problems: earlyProblems, ...early } = readEarlySettings(inputs);
  const { value, problems } = reported((places) => readSettings(inputs, environment, places));
  return { value: { ...early, ...value }, problems: [...earlyProblems, ...problems] };
}

it('no inputs', () => {
  const { value, problems } = read({});
  expect(problems).toEqual([]);
  expect(value).toEqual({ ...defaultSettings, deadlineSeconds: 120 });
});

it('an input of only whitespace counts as not given', () => {
  const names = [
    'aws-region',
    'sts-endpoint',
    'action-timeout-s',
    'retry-max-attempts',
    'job-summary',
    'refresh',
  ] as const;
  const blanks = Object.fromEntries(names.map((name) => [name, ' \n'])) as RawInputs;
  const blank = read(blanks).value;
  const none = read({}).value;
  expect(blank).toEqual(none);
});

describe('the Region', () => {
  it.each<[string, RawInputs, Record<string, string>, string | undefined]>([
    ['the input', { 'aws-region': ' eu-west-1 ' }, { AWS_REGION: 'us-east-1' }, 'eu-west-1'],
    ['AWS_REGION', {}, { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-2' }, 'us-east-1'],
    ['AWS_DEFAULT_REGION', {}, { AWS_REGION: '', AWS_DEFAULT_REGION: 'us-east-2' }, 'us-east-2'],
    ['none', {}, {}, undefined],
  ])('%s', (_, inputs, environment, region) => {
    expect(read(inputs, environment).value.region).toBe(region);
  });

  it.each(['eu_west_1', 'EU-WEST-1', 'Ireland', 'eu-west-1.evil.example', 'eu-west-1/', '-', 'a b', 'eu-west-1\nx'])(
    '%j is not one',
    (region) => {
      expect(read({ 'aws-region': region }).problems).toMatchObject([{ where: 'aws-region' }]);
      expect(read({}, { AWS_DEFAULT_REGION: region }).problems).toMatchObject([{ where: 'AWS_DEFAULT_REGION' }]);
    },
  );
});

describe('the endpoint', () => {
  it.each([
    'https://sts.eu-west-1.amazonaws.com',
    'https://minio.example:9000/sts',
    'http://localhost:4566',
    'http://LOCALHOST',
    'http://127.0.0.1:4566',
    'http://127.1.2.3',
    'http://127.1:4566',
    'http://[::1]:4566',
  ])('%s', (endpoint) => {
    expect(read({ 'sts-endpoint': endpoint })).toMatchObject({ value: { endpoint }, problems: [] });
  });

  it.each([
    ['http://sts.example.com', 'plain http'],
    ['http://10.0.0.1', 'plain http'],
    ['http://localhost.example.com', 'plain http'],
    ['http://127.0.0.1.example.com', 'plain http'],
    ['http://mylocalhost', 'plain http'],
    ['http://0.0.0.0', 'plain http'],
    ['http://[::2]', 'plain http'],
    ['http://[::ffff:10.0.0.1]', 'plain http'],
    ['http://localhost@sts.example.com', 'user name or password'],
    ['https://user:pass@sts.example.com', 'user name or password'],
    ['sts.example.com', 'not an http or https address'],
    ['ftp://sts.example.com', 'not an http or https address'],
    ['//sts.example.com', 'not an http or https address'],
    ['https://', 'not an http or https address'],
    ['https://sts.example.com/?token=x', 'a query (?) or fragment (#)'],
    ['http://127.0.0.1/#x', 'a query (?) or fragment (#)'],
  ])('but not %s', (endpoint, words) => {
    for (const [where, reported] of [
      ['sts-endpoint', read({ 'sts-endpoint': endpoint })],
      ['AWS_ENDPOINT_URL_STS', read({}, { AWS_ENDPOINT_URL_STS: endpoint })],
      ['AWS_ENDPOINT_URL', read({}, { AWS_ENDPOINT_URL: endpoint })],
    ] as const) {
      expect(reported.problems).toEqual([expect.objectContaining({ where, what: expect.stringContaining(words) })]);
    }
  });

  it('the input, then AWS_ENDPOINT_URL_STS, then AWS_ENDPOINT_URL', () => {
    const environment = { AWS_ENDPOINT_URL_STS: 'https://two', AWS_ENDPOINT_URL: 'https://three' };
    expect(read({ 'sts-endpoint': 'https://one' }, environment).value.endpoint).toBe('https://one');
    expect(read({}, environment).value.endpoint).toBe('https://two');
    expect(read({}, { AWS_ENDPOINT_URL: 'https://three' }).value.endpoint).toBe('https://three');
    const ignored = { ...environment, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' };
    expect(read({}, ignored).value.endpoint).toBeUndefined();
    expect(read({ 'sts-endpoint': 'https://one' }, ignored).value.endpoint).toBe('https://one');
  });

  it.each(['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT'])('and %s contradict each other', (name) => {
    expect(read({ 'sts-endpoint': 'https://one' }, { [name]: 'true' }).problems).toMatchObject([
      { where: `sts-endpoint, ${name}` },
    ]);
    expect(read({}, { [name]: 'true' }).problems).toEqual([]);
    expect(read({ 'sts-endpoint': 'https://one' }, { [name]: 'false' }).problems).toEqual([]);
  });

  it('a password in it is not shown', () => {
    expect(JSON.stringify(read({ 'sts-endpoint': 'https://user:do-not-show@x' }).problems)).not.toContain(
      'do-not-show',
    );
  });

  it('loopback is only this machine', () => {
    const hosts = [
      'localhost',
      '[::1]',
      '127.0.0.1',
      '127.255.255.254',
      '128.0.0.1',
      '::1',
      'localhost.',
      '127.0.0.1.x',
    ];
    expect(hosts.filter(isLoopback)).toEqual(['localhost', '[::1]', '127.0.0.1', '127.255.255.254']);
  });
});

describe('the deadline', () => {
  it.each([
    ['120', 120],
    ['1', 1],
    ['86400', 86_400],
    ['0', undefined],
  ])('%s', (text, seconds) => {
    expect(read({ 'action-timeout-s': text }).value.deadlineSeconds).toBe(seconds);
  });

  it.each(['-1', '86401', '2m', '1.5'])('but not %s', (text) => {
    expect(read({ 'action-timeout-s': text }).problems).toMatchObject([{ where: 'action-timeout-s' }]);
  });
});

describe('retries', () => {
  it.each<[RawInputs, object, number]>([
    [{}, { attempts: 6, includesFreshRoles: false }, 0],
    [{ 'retry-max-attempts': '12' }, { attempts: 12, includesFreshRoles: true }, 0],
    [{ 'retry-max-attempts': '1' }, { attempts: 1, includesFreshRoles: true }, 0],
    [{ 'retry-max-attempts': '0' }, { attempts: 6, includesFreshRoles: false }, 1],
    [{ 'disable-retry': 'true' }, { attempts: 1, includesFreshRoles: false }, 0],
    [{ 'disable-retry': 'true', 'retry-max-attempts': '12' }, { attempts: 1, includesFreshRoles: false }, 1],
    [{ 'disable-retry': 'false', 'retry-max-attempts': '12' }, { attempts: 12, includesFreshRoles: true }, 0],
  ])('%j', (inputs, retry, warnings) => {
    expect(read(inputs).value.retry).toEqual(retry);
    expect(read(inputs).value.warnings).toHaveLength(warnings);
  });

  it.each(['-1', '101', '3.5', 'many'])('but not %s', (text) => {
    expect(read({ 'retry-max-attempts': text }).problems).toMatchObject([{ where: 'retry-max-attempts' }]);
  });
});

describe('the handover', () => {
  it.each<[RawInputs, object]>([
    [{}, { environment: true, refresh: false }],
    [{ 'aws-profile': 'ci' }, { environment: false, profile: 'ci' }],
    [
      { 'aws-profile': 'ci', 'output-env-credentials': 'true' },
      { environment: true, profile: 'ci' },
    ],
    [{ 'output-env-credentials': 'false' }, { environment: false }],
    [{ 'output-credentials': 'true' }, { environment: true, outputs: true }],
    [{ refresh: 'true' }, { environment: false, refresh: true, profile: 'assume-role' }],
    [
      { refresh: 'true', 'aws-profile': 'ci' },
      { environment: false, refresh: true, profile: 'ci' },
    ],
    [
      { refresh: 'true', 'output-env-credentials': 'false' },
      { environment: false, refresh: true },
    ],
    [{ 'overwrite-aws-profile': 'True' }, { overwritesProfile: true }],
  ])('%j', (inputs, delivery) => {
    const { value, problems } = read(inputs);
    expect(problems).toEqual([]);
    expect(value.handover).toMatchObject(delivery);
  });

  it.each<RawInputs>([
    { refresh: 'true', 'output-env-credentials': 'true' },
    { refresh: 'true', 'output-credentials': 'true' },
  ])('keys that cannot be renewed contradict refresh: %j', (inputs) => {
    expect(read(inputs).problems).toMatchObject([{ where: 'refresh' }]);
  });

  it.each(['a b', 'a]', 'a/b', 'a"b', 'a#b', 'a=b', 'p'.repeat(129), '../x', 'a\u0000'])(
    '%j is not a profile name',
    (name) => {
      expect(read({ 'aws-profile': name }).problems).toMatchObject([{ where: 'aws-profile' }]);
    },
  );
});

it('every invalid boolean is a separate problem', () => {
  const names = [
    'unset-current-credentials',
    'disable-retry',
    'special-characters-workaround',
    'mask-aws-account-id',
    'use-existing-credentials',
    'dry-run',
    'role-chaining',
    'force-skip-oidc',
    'overwrite-aws-profile',
    'refresh',
    'output-credentials',
    'output-env-credentials',
    'job-summary',
  ] as const;
  const { problems } = read(Object.fromEntries(names.map((name) => [name, 'yes'])));
  expect(problems.map(({ where }) => where).sort()).toEqual([...names].sort());
});

it('ignored credentials are hidden, and everything else is not', () => {
  const environment = { AWS_ACCESS_KEY_ID: 'a', AWS_PROFILE: 'b', AWS_REGION: 'eu-west-1', PATH: 'c' };
  expect(visibleEnvironment(environment, read({ 'unset-current-credentials': 'true' }).value)).toEqual({
    AWS_REGION: 'eu-west-1',
    PATH: 'c',
  });
  expect(visibleEnvironment(environment, read({}).value)).toEqual(environment);
});
