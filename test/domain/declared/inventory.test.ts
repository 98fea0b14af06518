import { describe, expect, it } from 'vitest';
import { inventoryCatalog } from '../../../src/domain/declared/inventory.js';
import { deploy } from '../../support/example-world.js';
import { reportedAt } from '../../support/nodes.js';

const hub = 'arn:aws:iam::111111111111:role/ci-hub';
const reader = 'arn:aws:iam::444444444444:role/reader';
const example = `
defaults: { role-session-name: deploy, aws-region: eu-west-1 }
via:
  hub: [${hub}]
targets:
  staging: { via: hub, role-to-assume: ${deploy}, matrix: { environment: staging } }
  prod-eu: { via: hub, role-to-assume: ${deploy}, aws-region: eu-central-1,
             allowed-account-ids: "222222222222", matrix: { environment: production, stack: payments } }
  audit: [${hub}, ${reader}]
  text: ${hub}, ${reader}
  one: ${reader}
  long:
    via: hub
    role-chain:
      - middle
      - role-to-assume: ${reader}
        role-external-id: partner-42
    role-duration-seconds: 30m
  itself: { via: hub, role-session-name: hub-itself }
`;

function read(text: string) {
  const { value, problems } = reportedAt('role-chain-file r.yml', (place) =>
    inventoryCatalog({ path: 'r.yml', text }, place),
  );
  return { catalog: value, problems };
}

const targets = (...lines: readonly string[]) => `via:\n  hub: [${hub}]\ntargets:\n  ${lines.join('\n  ')}\n`;

describe('an inventory', () => {
  const { catalog, problems } = read(example);
  const hopsOf = (name: string) =>
    catalog?.resolve(name)?.hops.map(({ options: { role, ...others } }) => ({ ...others, role: role?.name }));

  it('declares its targets in the order of the file', () => {
    expect(problems).toEqual([]);
    expect(catalog?.names).toEqual(['staging', 'prod-eu', 'audit', 'text', 'one', 'long', 'itself']);
    expect(catalog?.selectable).toEqual(catalog?.names);
  });

  it('starts chains with the hops under via, and applies options to the last hop', () => {
    expect(hopsOf('staging')).toEqual([{ role: 'ci-hub' }, { role: 'deploy' }]);
    expect(hopsOf('prod-eu')).toEqual([{ role: 'ci-hub' }, { role: 'deploy', allowedAccountIds: ['222222222222'] }]);
    expect(hopsOf('long')).toEqual([
      { role: 'ci-hub' },
      { role: 'middle' },
      { role: 'reader', externalId: 'partner-42', durationSeconds: 1800 },
    ]);
    expect(hopsOf('itself')).toEqual([{ role: 'ci-hub', roleSessionName: 'hub-itself' }]);
  });

  it('accepts a plain chain as the inline form does', () => {
    expect(hopsOf('audit')).toEqual([{ role: 'ci-hub' }, { role: 'reader' }]);
    expect(hopsOf('text')).toEqual(hopsOf('audit'));
    expect(hopsOf('one')).toEqual([{ role: 'reader' }]);
  });

  it('has the Region and the matrix values of each target', () => {
    expect(catalog?.resolve('staging')?.region).toBeUndefined();
    expect(catalog?.resolve('prod-eu')?.region?.name).toBe('eu-central-1');
    expect(catalog?.resolve('prod-eu')?.defaults).toMatchObject({
      options: { roleSessionName: 'deploy' },
      region: { name: 'eu-west-1' },
    });
    expect(catalog?.resolve('prod-eu')?.matrix).toEqual({ environment: 'production', stack: 'payments' });
  });

  it('numbers the hops of a target, including those under via', () => {
    expect(catalog?.resolve('long')?.hops.map(({ place }) => place.where)).toEqual([
      'role-chain-file r.yml, line 4, column 9, via hub, hop 1',
      'role-chain-file r.yml, line 15, column 9, target long, hop 2',
      'role-chain-file r.yml, line 13, column 5, target long, hop 3',
    ]);
  });
});

describe('a mistake in the file is reported with line, column, item and fix', () => {
  it.each<[string, string, string, string, string]>([
    [
      'an unknown word',
      targets(`a: { role-to-asume: ${deploy} }`),
      'line 4, column 8, target a',
      "'role-to-asume' is not a key of a target",
      'Did you mean role-to-assume?',
    ],
    [
      'a key of another tool',
      targets('a: { role_arn: x }'),
      'target a',
      "'role_arn' is not a key",
      'Did you mean role-to-assume?',
    ],
    [
      'another word for via',
      targets(`a: { source_profile: hub, role-to-assume: ${deploy} }`),
      'target a',
      "'source_profile'",
      'Did you mean via?',
    ],
    [
      'an unknown section',
      `target:\n  a: [${hub}]\n`,
      'line 1, column 1',
      "'target' is not a key of a role-chain file",
      'Did you mean targets?',
    ],
    [
      'a role in defaults',
      `defaults: { role-to-assume: ${hub} }\n${targets(`a: [${hub}]`)}`,
      'line 1, column 13, defaults',
      "'role-to-assume' is not a key of defaults",
      'Write one of',
    ],
    [
      'an unknown hop option',
      targets('a:', '  - role-to-assume: x', '    external-id: y'),
      'line 6, column 7, target a, hop 1',
      "'external-id' is not a key of a hop",
      'Did you mean role-external-id?',
    ],
    [
      'an unknown beginning',
      targets(`a: { via: hbu, role-to-assume: ${deploy} }`),
      'line 4, column 13, target a, via',
      "'hbu' is not declared under via",
      'Did you mean hub?',
    ],
    [
      'a beginning that is not there',
      `targets:\n  a: { via: hub, role-to-assume: ${deploy} }`,
      'target a, via',
      "'hub' is not declared under via",
      'Declare it',
    ],
    [
      'two keys for the roles',
      targets(`a: { role-to-assume: ${hub}, role-chain: [${hub}] }`),
      'target a',
      'are both given',
      'Keep one',
    ],
    [
      'no role',
      targets('a: { aws-region: eu-west-1 }'),
      'line 4, column 3, target a',
      'the target names no role',
      'Add role-to-assume, role-chain or via',
    ],
    [
      'a word twice',
      targets(`a: { role-chain: [{ role-to-assume: ${hub}, role-session-name: xy }], role-session-name: zz }`),
      'target a, role-session-name',
      'is given here and at the last hop',
      'Keep one',
    ],
    [
      'a target twice',
      targets(`a: [${hub}]`, `a: [${deploy}]`),
      'line 5, column 3',
      "'a' is written twice, first on line 4",
      'Keep one of them',
    ],
    [
      'no Region',
      targets(`a: { role-to-assume: ${hub}, aws-region: Ireland }`),
      'target a, aws-region',
      "'Ireland' is not an AWS Region",
      'eu-west-1',
    ],
    [
      'a pseudo Region',
      targets(`a: { role-to-assume: ${hub}, aws-region: aws-global }`),
      'aws-region',
      'means global endpoints',
      'us-east-1',
    ],
    [
      'eleven hops',
      targets(`a: { via: hub, role-chain: [${Array(10).fill('x').join(', ')}] }`),
      'target a',
      '11 hops',
      'at most 10',
    ],
    [
      'a bad duration',
      targets(`a: [${hub}]`, 'b:', `  role-to-assume: ${deploy}`, '  role-duration-seconds: soon'),
      'line 7, column 28, target b, hop 1, role-duration-seconds',
      "'soon' is not a duration",
      'Write seconds',
    ],
    [
      'a reserved matrix name',
      targets(`a: { role-to-assume: ${hub}, matrix: { region: x } }`),
      'target a, matrix, region',
      'the step itself sets region',
      'another name',
    ],
    [
      'a target called all',
      targets(`all: [${hub}]`),
      'target all',
      "'all' cannot be the name of a target",
      'Choose a name',
    ],
    [
      'a target called like an exclusion',
      targets(`'!a': [${hub}]`),
      'target !a',
      'cannot be the name',
      'Choose a name',
    ],
    ['a target called like a pattern', targets(`'a-*': [${hub}]`), 'target a-*', 'cannot be the name', 'Choose a name'],
    ['a target with a comma', targets(`'a,b': [${hub}]`), 'target a,b', 'cannot be the name', 'Choose a name'],
    [
      'a target with a blank',
      targets(`a b: [${hub}]`),
      'target a b',
      'cannot be the name of an AWS profile',
      'without white space',
    ],
    ['no targets', 'via: {}\n', '', 'the file declares no targets', 'Name at least one'],
    ['a list', `- ${hub}\n`, '', 'the file is not a map', 'Begin it with targets:'],
    [
      'the format of the AWS CLI',
      `[profile a]\nrole_arn = ${hub}\n`,
      '',
      'in the format of the AWS config file',
      'aws-roles.ini',
    ],
    ['a tab', 'targets:\n\ta: [x]\n', 'line 2, column 1', 'a tab indents the line', 'Indent with spaces'],
    ['an open bracket', targets(`t16: [${hub}]`, `t17: [${hub}`, `t18: [${hub}]`), 'target t18', 'not valid YAML', ''],
    [
      'an expression',
      targets('a: { role-to-assume: x, matrix: { b: "$' + '{{ github.ref }}" } }'),
      'target a, matrix, b',
      'the value is an expression',
      'Write the value itself',
    ],
  ])('%s', (_, text, where, what, fix) => {
    const { problems } = read(text);
    const found = problems.filter((problem) => problem.what.includes(what));
    expect(found, JSON.stringify(problems)).toHaveLength(1);
    for (const part of where.split(', ')) {
      expect(found[0]?.where).toContain(part);
    }
    expect(found[0]?.where).toMatch(/^role-chain-file r\.yml/);
    expect(found[0]?.fix).toContain(fix);
  });
});

describe('keys and secrets in the file are rejected without being shown', () => {
  const key = 'AKIAIOSFODNN7EXAMPLE';
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

  it.each<[string, string]>([
    ['a key by its name', targets(`a: { role-to-assume: ${hub}, aws-access-key-id: x }`)],
    ['a key by the name of the AWS CLI', targets(`a: { role-to-assume: ${hub}, aws_secret_access_key: x }`)],
    ['a key by the name of an API', `SecretAccessKey: x\n${targets(`a: [${hub}]`)}`],
    ['a key that is a value', targets(`a: { role-to-assume: ${hub}, matrix: { b: ${key} } }`)],
    ['a secret that is a value', targets(`a: { role-to-assume: ${hub}, matrix: { b: ${secret} } }`)],
    ['a token of GitHub', targets(`a: { role-to-assume: ${hub}, matrix: { b: ghp_${'a1'.repeat(18)} } }`)],
    ['a web token', targets(`a: { role-to-assume: ${hub}, matrix: { b: eyJhbGciOi.eyJzdWIiOi.abc } }`)],
    [
      'a private key',
      targets('a:', `  role-to-assume: ${hub}`, '  matrix:', '    b: "-----BEGIN RSA PRIVATE KEY-----"'),
    ],
  ])('%s', (_, text) => {
    const { problems } = read(text);
    const secretProblems = problems.filter(({ what }) => /must not contain keys|form of a secret/.test(what));
    expect(secretProblems).toHaveLength(1);
    expect(secretProblems[0]?.where).toMatch(/line \d+, column \d+/);
    expect(JSON.stringify(problems)).not.toMatch(/AKIAIOS|wJalr|ghp_|eyJhb|BEGIN RSA/);
  });

  it('but the name of a secret, a commit and a long role are accepted', () => {
    const values = `{ secret: PROD_TOKEN, commit: ffac537e6cbbf934b08745a378932722df287a53, role: ${'OrganizationAccountAccessRoleForDeploy01'} }`;
    expect(read(targets(`a: { role-to-assume: ${hub}, matrix: ${values} }`)).problems).toEqual([]);
  });
});

it('a thousand targets are parsed quickly', () => {
  const lines = Array.from(
    { length: 1000 },
    (_, index) => `t${index}: { via: hub, role-to-assume: ${deploy}, matrix: { n: ${index} } }`,
  );
  const started = performance.now();
  const { catalog, problems } = read(targets(...lines));
  expect(problems).toEqual([]);
  expect(catalog?.names).toHaveLength(1000);
  expect(performance.now() - started).toBeLessThan(3000);
});
