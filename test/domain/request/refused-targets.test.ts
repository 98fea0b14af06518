import { describe, expect, test } from 'vitest';
import { deploy, hub, production } from '../../support/example-world.js';
import { expectRefused, problemsOf } from '../../support/problems.js';

describe('targets are refused for', () => {
  const twice = { targets: `staging: [${hub}, ${deploy}]\nprod: [${hub}, ${production}]` };
  const cases: readonly (readonly [string, Record<string, string>, string])[] = [
    ['aws-profile names none of several', { ...twice, 'aws-profile': 'dev' }, "'dev' is none of the selected targets"],
    [
      'output-env-credentials without aws-profile',
      { ...twice, 'output-env-credentials': 'true' },
      'does not name the one whose keys to export',
    ],
    [
      'output-credentials of several',
      { ...twice, 'output-credentials': 'true' },
      'the outputs have room for one set of keys',
    ],
    ['two destinations', { ...twice, 'role-to-assume': hub }, 'each of them names the target'],
    ['names without a file', { targets: 'staging\nprod' }, 'role-chain-file does not say where they are declared'],
    ['a name twice', { targets: `a: [${hub}]\na: [${production}]` }, 'Keep one of them'],
    [
      'a map that was folded',
      { targets: `a: [${hub}] b: [${production}]\n` },
      'Write targets: | instead of targets: >',
    ],
    ['a chain of an unset variable', { targets: `a: [${hub}]\nb:\n` }, 'target b, hop 1: the hop is empty'],
    ['an account guard of the step', { ...twice, 'allowed-account-ids': '222222222222' }, 'is in account 333333333333'],
    [
      'an account guard of a hop',
      { targets: `a: [{ role-to-assume: ${hub}, allowed-account-ids: ['222222222222'] }, ${deploy}]` },
      'is in account 111111111111, and only 222222222222 is allowed',
    ],
    [
      'an unknown hop option',
      { targets: `a: [${hub}, { role-to-assume: ${deploy}, external-id: x }]` },
      'Did you mean role-external-id?',
    ],
    [
      'partitions whose ID tokens have different audiences',
      { targets: `a: [${hub}]\nb: [arn:aws-cn:iam::222222222222:role/deploy]`, 'aws-region': '' },
      'the targets begin in the partitions aws, aws-cn',
    ],
  ];

  test.each(cases)('%s', (_, inputs, words) => {
    expectRefused({ 'aws-region': 'eu-west-1', ...inputs }, [words]);
  });
});

describe('a role-chain file is refused for', () => {
  const path = '.github/aws-roles.ini';
  const secret = ['je7MtGbClwBF/2Zp9Utk', 'h3yCo8nvbEXAMPLEKEY'].join('/');
  const leaf = `[profile leaf]\nrole_arn = ${deploy}\n`;
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'keys in the file, even of another profile',
      `${leaf}[profile base]\naws_secret_access_key = ${secret}\n`,
      [`${path}, line 4, [profile base], aws_secret_access_key`, 'must not contain keys'],
    ],
    [
      'two sources',
      `${leaf}source_profile = hub\ncredential_source = Environment\n[profile hub]\nrole_arn = ${hub}\n`,
      ['source_profile and credential_source are both given (leaf)'],
    ],
    [
      'a circle',
      `${leaf}source_profile = b\n[profile b]\nrole_arn = ${hub}\nsource_profile = c\n[profile c]\nrole_arn = ${hub}\nsource_profile = leaf\n`,
      ['source_profile is circular: leaf → b → c → leaf'],
    ],
    ['a profile that is its own source', `${leaf}source_profile = leaf\n`, ['circular: leaf → leaf']],
    [
      'an unknown source far along the path',
      `${leaf}source_profile = b\n[profile b]\nrole_arn = ${hub}\nsource_profile = c\n`,
      ["'c' is neither a profile with a role", '(leaf → b → c)'],
    ],
    [
      'a typo in a key',
      `${leaf}source_profle = hub\n`,
      [`${path}, line 3, [profile leaf], source_profle`, 'Did you mean source_profile?'],
    ],
    [
      'a typo in a value',
      `${leaf}credential_source = Ec2Instancemetadata\n`,
      ['Write Environment, EcsContainer, Ec2InstanceMetadata'],
    ],
    ['an input that the CLI asks a person for', `${leaf}mfa_serial = x\n`, ['mfa_serial does not work here']],
    ['a bad value', `${leaf}external_id = a b\n`, [`${path}, line 3, [profile leaf], external_id`, 'the external ID']],
    ['a duration in minutes', `${leaf}duration_seconds = 30m\n`, ['the AWS CLI accepts no other unit']],
    ['a Region that is a host name', `${leaf}region = evil.example/#\n`, ['is not an AWS Region']],
    ['an unknown name', `[profile leav]\nrole_arn = ${hub}\n`, ["'leaf' matches no target", 'Did you mean leav?']],
    ['no role', '[profile leaf]\nregion = eu-west-1\n', ['a target needs a role']],
    ['an invalid line', `${leaf}source_profile hub\n`, [`${path}, line 3: the line is not a section`]],
  ];

  test.each(cases)('%s', (_, text, words) => {
    const inputs = { 'role-chain-file': path, targets: 'leaf' };
    const given = { roleChainFile: { path, text } };
    expectRefused(inputs, words, given);
    expect(JSON.stringify(problemsOf(inputs, given))).not.toContain(secret);
  });
});
