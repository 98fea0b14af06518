import { describe, expect, it } from 'vitest';
import type { RawInputs } from '../../../src/domain/input/input-names.js';
import { readRequest } from '../../../src/domain/request/read-request.js';
import { readSharedConfig } from '../../../src/domain/shared-config/read-shared-config.js';
import { keys } from '../../support/example-world.js';
import { problemsOf, tokenVariables } from '../../support/problems.js';

const role = 'arn:aws:iam::111111111111:role/deploy';
const hosted = { ...tokenVariables, RUNNER_ENVIRONMENT: 'github-hosted' };
const two = `staging: [${role}]\nprod: [arn:aws:iam::222222222222:role/deploy]`;

const read = (
  inputs: RawInputs,
  machineProfiles: readonly string[] = [],
  environment: Record<string, string> = hosted,
) => readRequest({ inputs, environment, files: filesWith(machineProfiles) });

/** AWS files with profiles of these names. */
function filesWith(names: readonly string[]) {
  const text = names.map((name) => `[${name}]\nregion = eu-west-1\n`).join('');
  return readSharedConfig({ path: 'config' }, { path: 'credentials', text });
}

const problems = (
  inputs: RawInputs,
  machineProfiles: readonly string[] = [],
  environment: Record<string, string> = hosted,
) => problemsOf(inputs, { environment, files: filesWith(machineProfiles) });

const wheres = (...given: Parameters<typeof read>) => problems(...given).map(({ where }) => where);

it('every problem of every part is reported together, with where, what and fix', () => {
  const all = problems({
    'role-chain': `${role}\narn:aws:iam::22222222222:role/x`,
    'credential-source': 'magic',
    'aws-region': 'Europe',
    'sts-endpoint': 'http://sts.example.com',
    'http-proxy': 'socks5://proxy',
    'action-timeout-s': 'soon',
    'retry-max-attempts': '-1',
    refresh: 'yes',
    'role-session-name': 'a b',
    'role-duration-seconds': '1h61m',
    'custom-tags': '{',
    'allowed-account-ids': 'prod',
  });
  expect(all.map(({ where }) => where).sort()).toEqual(
    [
      'role-chain, hop 2',
      'credential-source',
      'aws-region',
      'sts-endpoint',
      'http-proxy',
      'action-timeout-s',
      'retry-max-attempts',
      'refresh',
      'role-session-name',
      'role-duration-seconds',
      'custom-tags, line 1, column 2',
      'allowed-account-ids, item 1',
    ].sort(),
  );
  for (const { what, fix } of all) {
    expect(what).not.toBe('');
    expect(fix).not.toBe('');
  }
});

it('the same problem is reported once', () => {
  const texts = problems({ targets: two, 'role-session-name': '!' }).map((problem) => JSON.stringify(problem));
  expect(texts).toHaveLength(1);
});

it.each(['inline-session-policy', 'managed-session-policies'])(
  '%s of only whitespace is a lost restriction',
  (name) => {
    for (const text of [' ', '\n', ' \n\n ']) {
      expect(wheres({ 'role-to-assume': role, [name]: text })).toEqual([name]);
    }
    expect(wheres({ 'role-to-assume': role, [name]: '' })).toEqual([]);
  },
);

describe('the destination', () => {
  it.each<[RawInputs, string]>([
    [{ 'role-to-assume': role, 'role-chain': role }, 'role-to-assume, role-chain'],
    [{ 'role-chain': role, targets: two }, 'role-chain, targets'],
    [{ 'role-to-assume': role, 'role-chain': role, targets: two }, 'role-to-assume, role-chain, targets'],
  ])('is given exactly once: %j', (inputs, where) => {
    expect(wheres(inputs)).toEqual([where]);
  });

  it('may be missing: then the base identity itself is used, if there is one', () => {
    expect(read(keys).targets).toMatchObject([{ base: { kind: 'access-keys' }, hops: [] }]);
    expect(wheres({})).toEqual(['role-to-assume, role-chain, targets']);
    expect(wheres({ 'web-identity-token-file': 'f' })).toEqual(['credential-source']);
  });

  it('an invalid chain is one problem, and a missing base identity is not added', () => {
    expect(wheres({ 'role-chain': '- [a' })).toEqual(['role-chain, line 1, column 5, hop 1']);
    expect(wheres({ 'role-chain': Array.from({ length: 11 }, () => role).join('\n'), refresh: 'true' })).toEqual([
      'role-chain',
    ]);
  });

  it('a role-chain file needs targets that name its profiles', () => {
    expect(wheres({ 'role-to-assume': role, 'role-chain-file': 'roles.ini' })).toEqual(['role-chain-file']);
  });
});

describe('allowed-account-ids', () => {
  it.each(['', ' ', '\n', ',', ' , '])('%j is an empty list, which allows no account', (guard) => {
    const [first = '', ...others] = wheres({ 'role-to-assume': role, 'allowed-account-ids': guard });
    expect(first).toMatch(/^allowed-account-ids(, item \d)?$/);
    expect(others.filter((where) => !where.startsWith('allowed-account-ids, item'))).toEqual([]);
  });

  it.each(['111111111111,', '111111111111,,222222222222', '111111111111\n\n222222222222'])(
    '%j has an empty item',
    (guard) => {
      const [first = '', ...others] = wheres({ 'role-to-assume': role, 'allowed-account-ids': guard });
      expect(first).toMatch(/^allowed-account-ids(, item \d)?$/);
      expect(others.filter((where) => !where.startsWith('allowed-account-ids, item'))).toEqual([]);
    },
  );

  it('apply to the last hop, or to the base identity without hops', () => {
    const guard = { 'allowed-account-ids': '111111111111' };
    expect(read({ ...guard, 'role-to-assume': role }).targets[0].hops[0]?.allowedAccountIds).toEqual([
      ['111111111111'],
    ]);
    expect(read({ ...guard, ...keys }).targets[0].allowedAccountIds).toEqual([['111111111111']]);
    expect(read({ 'allowed-account-ids': 'any', ...keys }).targets[0].allowedAccountIds).toEqual([]);
  });
});

describe('several targets', () => {
  it('are profiles, without keys in the environment', () => {
    const { handover, targets } = read({ targets: two });
    expect(targets.map(({ name }) => name)).toEqual(['staging', 'prod']);
    expect(handover).toMatchObject({ environment: false });
  });

  it.each<[RawInputs, string[]]>([
    [{ 'aws-profile': 'other' }, ['aws-profile']],
    [{ 'output-env-credentials': 'true' }, ['output-env-credentials']],
    [{ 'output-credentials': 'true' }, ['output-credentials']],
    [{ 'aws-profile': 'prod' }, []],
    [{ 'aws-profile': 'prod', 'output-env-credentials': 'true' }, []],
    [{ 'output-env-credentials': 'false' }, []],
  ])('with %j', (inputs, places) => {
    expect(wheres({ targets: two, ...inputs })).toEqual(places);
  });

  it('one of them alone behaves like a chain', () => {
    const { handover } = read({ targets: `only: [${role}]` });
    expect(handover).toMatchObject({ environment: true });
  });
});

describe('an existing profile', () => {
  it.each<[RawInputs, string[]]>([
    [{ 'role-to-assume': role, 'aws-profile': 'prod' }, ['aws-profile']],
    [{ 'role-to-assume': role, 'aws-profile': 'prod', 'overwrite-aws-profile': 'true' }, []],
    [{ 'role-to-assume': role, 'aws-profile': 'prod', 'dry-run': 'true' }, []],
    [{ 'role-to-assume': role, 'aws-profile': 'prod', 'use-existing-credentials': 'true' }, []],
    [{ 'role-to-assume': role, 'aws-profile': 'new' }, []],
    [{ 'role-to-assume': role }, []],
    [{ targets: two }, ['targets']],
    [{ targets: two, 'overwrite-aws-profile': 'true' }, []],
    [{ targets: `prod: [${role}]` }, []],
  ])('%j', (inputs, places) => {
    expect(wheres(inputs, ['default', 'prod'])).toEqual(places);
  });
});

describe('refresh', () => {
  it.each<[RawInputs, string[]]>([
    [{ 'role-to-assume': role }, []],
    [{ ...keys }, ['refresh']],
    [{ 'role-to-assume': role, 'use-existing-credentials': 'true' }, ['refresh']],
    [{ 'role-to-assume': role, 'output-credentials': 'true' }, ['refresh']],
  ])('with %j', (inputs, places) => {
    expect(wheres({ ...inputs, refresh: 'true' })).toEqual(places);
  });
});

describe('the audience', () => {
  const audience = (inputs: RawInputs) => {
    const { base } = read(inputs).targets[0];
    return base.kind === 'oidc' ? base.audience : undefined;
  };

  it('follows the partition of the first role, unless given', () => {
    const china = 'arn:aws-cn:iam::111111111111:role/x';
    expect(audience({ 'role-to-assume': role })).toBe('sts.amazonaws.com');
    expect(audience({ 'role-to-assume': china })).toBe('sts.amazonaws.com.cn');
    expect(audience({ 'role-chain': `${china}\ny` })).toBe('sts.amazonaws.com.cn');
    expect(audience({ 'role-to-assume': china, audience: 'mine' })).toBe('mine');
  });
});

it('ignored current credentials are not a base identity', () => {
  const environment = { ...hosted, AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'x' };
  const inputs = { 'credential-source': 'Environment', 'role-to-assume': role };
  expect(wheres(inputs, [], environment)).toEqual([]);
  expect(wheres({ ...inputs, 'unset-current-credentials': 'true' }, [], environment)).toEqual(['credential-source']);
});

it('no problem contains a given secret', () => {
  const secrets = {
    'aws-access-key-id': '',
    'aws-secret-access-key': 'do-not-show',
    'aws-session-token': 'do-not-show',
    'http-proxy': 'socks5://user:do-not-show@proxy',
    'sts-endpoint': 'http://user:do-not-show@sts.example.com',
  };
  const all = problems({ 'role-to-assume': 'x y', ...secrets });
  expect(all.length).toBeGreaterThan(2);
  expect(JSON.stringify(all)).not.toContain('do-not-show');
});

describe('keys that no header or file can contain', () => {
  it.each<[string, RawInputs, Record<string, string>]>([
    ['aws-access-key-id', { ...keys, 'aws-access-key-id': 'AKIA\u0007' }, {}],
    ['aws-session-token', { ...keys, 'aws-session-token': 'ä' }, {}],
    ['Environment', { 'credential-source': 'Environment' }, { AWS_ACCESS_KEY_ID: 'AKIA ', AWS_SECRET_ACCESS_KEY: 's' }],
  ])('are rejected before any call, without being shown: %s', (where, inputs, environment) => {
    const all = { 'role-to-assume': 'arn:aws:iam::111111111111:role/deploy', ...inputs };
    expect(() => readRequest({ inputs: all, environment })).toThrow(
      new RegExp(
        `^${where}: the (value|access key ID) contains a (space|look-alike)[^.]*\\. Store the (key|secret) again`,
      ),
    );
  });
});

it('a name of any length is shown shortened', () => {
  const inputs = { ...keys, targets: 'a', 'role-chain-file': `${'x'.repeat(90_000)}.ini` };
  try {
    readRequest({
      inputs,
      environment: {},
      roleChainFile: { path: inputs['role-chain-file'], text: 'no words\n'.repeat(90) },
    });
    expect.fail('it was read');
  } catch (error) {
    expect((error as Error).message.length).toBeLessThan(250_000);
    expect((error as Error).message).toContain('characters in all');
  }
});
