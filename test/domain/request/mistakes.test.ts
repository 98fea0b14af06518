import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/domain/input/problem.js';
import { deploy, hub, keys } from '../../support/example-world.js';
import { problemsOf } from '../../support/problems.js';

const unset = 'An unset matrix value, variable or secret is the usual cause';

type Inputs = Readonly<Record<string, string>>;

function problems(inputs: Inputs, file = ''): readonly Problem[] {
  const path = inputs['role-chain-file'];
  return problemsOf(inputs, path === undefined ? {} : { roleChainFile: { path, text: file } });
}

/** A mistake and the parts of its message: the input and place, what is wrong, and the fix. */
type Mistake = readonly [name: string, inputs: Inputs, where: string, what: string, fix: string];

const chain = (text: string): Inputs => ({ 'role-chain': text });
const hop = (words: string) => chain(`- ${hub}\n- role-to-assume: ${deploy}\n  ${words}`);
const role = (others: Inputs): Inputs => ({ 'role-to-assume': hub, ...others });

const characters: readonly Mistake[] = [
  [
    'a tab',
    chain(`- ${hub}\n\t- ${deploy}`),
    'role-chain, line 2, column 1, hop 1',
    'a tab indents the line',
    'Indent with spaces',
  ],
  [
    'typographic quotes in YAML',
    chain(`- “${hub}”`),
    'role-chain, line 1, column 3, hop 1',
    'a typographic double quote (U+201C)',
    'Retype that character',
  ],
  [
    'typographic quotes in JSON',
    role({ 'custom-tags': '{“Team”: "a"}' }),
    'custom-tags, line 1, column 2',
    'a typographic double quote (U+201C) is not allowed here',
    'Type the plain character',
  ],
  [
    'a no-break space in YAML',
    chain(`-\u00a0${hub}\n- ${deploy}`),
    'role-chain, line 1, column 1',
    'a no-break space (U+00A0)',
    'Begin each hop with a dash and a plain space',
  ],
  [
    'a no-break space in JSON',
    role({ 'custom-tags': '{"Team":\n\u00a0"a"}' }),
    'custom-tags, line 2, column 1',
    'a no-break space (U+00A0) is not allowed here',
    'Type the plain character',
  ],
  [
    'a trailing comma in JSON',
    role({ 'inline-session-policy': '{"Statement":\n  [],\n}' }),
    'inline-session-policy, line 2, column 5',
    'there is a comma before a closing bracket',
    'Remove the trailing comma',
  ],
  [
    'a trailing comma in a YAML list',
    chain(`[${hub},\n  ${deploy}, ]`),
    'role-chain, line 2, column 40',
    'the list ends with a comma',
    unset,
  ],
  ['a trailing comma in a list', chain(`${hub},`), 'role-chain, hop 2', 'the list ends with a comma', unset],
  [
    'a folded list',
    chain(`${hub} ${deploy}\n`),
    'role-chain, hop 1',
    'more than one ARN',
    'role-chain: | keeps lines apart',
  ],
  [
    'a folded YAML list',
    chain(`- ${hub} - ${deploy}\n`),
    'role-chain, line 1, column 3, hop 1',
    'more than one ARN',
    `${hub}, then ${deploy}`,
  ],
  [
    'a folded map',
    { targets: `a: [${hub}] b: [${deploy}]\n` },
    'targets, line 1',
    'several lines were folded into one',
    'Write targets: | instead of targets: >',
  ],
  [
    'folded names',
    { targets: 'a b\n', 'role-chain-file': 'roles.ini' },
    'targets, target 1',
    'contains white space',
    'Write one name per line under targets: |',
  ],
];

const places: readonly Mistake[] = [
  [
    'a bracket that is not closed',
    { targets: `a: [${hub}]\nt17: [${hub}\nc: [${hub}]` },
    'targets, line 3, column 1, target c',
    'a bracket above is not closed',
    'Close the bracket',
  ],
  [
    'a word that is unknown',
    hop('role-external-ids: x'),
    'role-chain, line 3, column 3, hop 2',
    "'role-external-ids' is not a key of a hop",
    'Did you mean role-external-id?',
  ],
  [
    'a value of a word',
    hop('role-duration-seconds: soon'),
    'role-chain, line 3, column 26, hop 2, role-duration-seconds',
    "'soon' is not a duration",
    'Write seconds (3600)',
  ],
  [
    'a word that AWS would refuse',
    hop('role-duration-seconds: 2h'),
    'role-chain, line 3, column 26, hop 2, role-duration-seconds',
    'role chaining',
    '900 to 3600',
  ],
  [
    'an item of a list',
    role({ 'allowed-account-ids': '111111111111\n2222' }),
    'allowed-account-ids, item 2',
    "'2222' is not an AWS account ID",
    'all twelve digits',
  ],
  [
    'an item of a policy in a block',
    hop('inline-session-policy: |\n    {"Statement":\n     [}'),
    'role-chain, line 5, column 7, hop 2, inline-session-policy',
    'a bracket is not closed',
    'correct the brackets',
  ],
  [
    'a tag',
    hop('custom-tags: { Team: [a] }'),
    'role-chain, line 3, column 24, hop 2, custom-tags, Team',
    "the value of 'Team' is a list, not a string",
    'Write one value',
  ],
  [
    'a name twice in JSON',
    role({ 'custom-tags': '{"Team":"a",\n "Team":"b"}' }),
    'custom-tags, line 2, column 2',
    "'Team' is given twice",
    'Keep one',
  ],
  [
    'a name twice in YAML',
    { targets: `a: [${hub}]\na: [${deploy}]` },
    'targets, line 2, column 1',
    "'a' is written twice, first on line 1",
    'Keep one',
  ],
];

const empty: readonly Mistake[] = [
  ['no account', chain(`${hub}\narn:aws:iam:::role/deploy`), 'role-chain, hop 2', 'the account ID of', unset],
  ['no partition', chain(`${hub}\narn::iam::222222222222:role/deploy`), 'role-chain, hop 2', 'the partition of', unset],
  ['no name', chain(`${hub}\narn:aws:iam::222222222222:role/`), 'role-chain, hop 2', "the role's name is empty", unset],
  ['a blank line between hops', chain(`${hub}\n\n${deploy}`), 'role-chain, hop 2', 'an empty line', unset],
  [
    'a policy of blanks',
    role({ 'inline-session-policy': ' \n' }),
    'inline-session-policy',
    'the restriction would be lost',
    `Fill it in, or remove the input if you mean no restriction. ${unset}`,
  ],
  [
    'no Region in an endpoint',
    role({ 'sts-endpoint': 'https://sts..amazonaws.com' }),
    'sts-endpoint',
    'has an empty part',
    unset,
  ],
  [
    'no account in a managed policy',
    role({ 'managed-session-policies': 'arn:aws:iam:::policy/x' }),
    'managed-session-policies, item 1',
    'is not the ARN of a managed policy',
    unset,
  ],
  [
    'no account in a SAML provider',
    role({ 'saml-assertion-file': 'f', 'saml-provider-arn': 'arn:aws:iam:::saml-provider/x' }),
    'saml-provider-arn',
    'is not the ARN of a SAML provider',
    unset,
  ],
  ['a role of blanks', { 'role-to-assume': ' ' }, 'role-to-assume', 'the input is only white space', unset],
  [
    'policies of blanks',
    role({ 'managed-session-policies': '\n' }),
    'managed-session-policies',
    'the restriction would be lost',
    `Fill it in, or remove the input if you mean no restriction. ${unset}`,
  ],
  [
    'an empty policy on a hop',
    hop("inline-session-policy: ''"),
    'role-chain, line 3, column 26, hop 2, inline-session-policy',
    'the restriction would be lost',
    `Fill it in, or remove it if you mean no restriction. ${unset}`,
  ],
  [
    'empty policies on a hop',
    hop('managed-session-policies:'),
    'role-chain, line 3, column 3, hop 2, managed-session-policies',
    'the list is empty',
    `Fill it in, or remove it if you do not need it. ${unset}`,
  ],
  [
    'a tag without a value in YAML',
    hop('custom-tags: { Team: }'),
    'role-chain, line 3, column 18, hop 2, custom-tags, Team',
    "the value of 'Team' is empty",
    unset,
  ],
  ['null of toJSON()', chain('null'), 'role-chain, hop 1', "'null' is what toJSON()", unset],
  [
    'a value in JSON',
    role({ 'custom-tags': '{"Team": }' }),
    'custom-tags, line 1, column 10',
    'a name or value is missing',
    unset,
  ],
];

const forms: readonly Mistake[] = [
  [
    'a map in role-chain',
    chain(`staging: [${hub}]`),
    'role-chain, line 1, column 1',
    'the chain is not a list',
    'write targets: | instead of role-chain: |',
  ],
  [
    'two roles in role-to-assume',
    { 'role-to-assume': `${hub}, ${deploy}` },
    'role-to-assume',
    'more than one ARN',
    'Write them in role-chain',
  ],
  [
    'roles in targets',
    { targets: `${hub}\n${deploy}` },
    'targets',
    'roles without names',
    'Write one chain in role-chain',
  ],
  [
    'an account ID for a hop',
    chain(`${hub}\n222222222222`),
    'role-chain, hop 2',
    'is an account ID, not a role',
    'arn:aws:iam::222222222222:role/<name>',
  ],
  [
    'role/ before a name',
    chain(`${hub}\nrole/deploy`),
    'role-chain, hop 2',
    'is the end of an ARN',
    "the name alone: deploy. If the role's path is /role/, write /role/deploy",
  ],
  ['quotes in a plain list', chain(`"${hub}"`), 'role-chain, hop 1', 'there are quotes around', 'Remove them'],
  [
    'a comment in a plain list',
    chain(`${hub} # hub\n${deploy}`),
    'role-chain, hop 1',
    'a comment follows',
    'a line of its own',
  ],
  ['an arrow', chain(`${hub} -> ${deploy}`), 'role-chain, hop 1', 'separated by ->', `${hub}, then ${deploy}`],
  [
    'a dash without a space',
    chain(`-${hub}`),
    'role-chain, hop 1',
    'begins like an item of a list',
    `"- ${hub}", with a space after the dash`,
  ],
  [
    'numbers before roles',
    chain(`1. ${hub}`),
    'role-chain, hop 1',
    'begins like an item of a list',
    `Write ${hub} on a line of its own`,
  ],
  [
    'a key without a space after its colon',
    chain(`- role-to-assume:${hub}`),
    'role-chain, line 1, column 3, hop 1',
    'contains the name of the key',
    `Write role-to-assume: ${hub}`,
  ],
  [
    'dashes that are not below each other',
    chain(`- ${hub}\n  - ${deploy}`),
    'role-chain, line 1, column 3, hop 1',
    'more than one ARN',
    'with the dashes below each other',
  ],
  [
    'the underscores of other tools',
    chain(`- role_arn: ${hub}`),
    'role-chain, line 1, column 3, hop 1',
    "'role_arn' is not a key of a hop",
    'Did you mean role-to-assume?',
  ],
  [
    'a merge key',
    chain(`- <<: { a: b }\n  role-to-assume: ${hub}`),
    'role-chain, line 1, column 3, hop 1',
    'merge keys (<<)',
    'Write every value in full',
  ],
  [
    'a session name with a blank',
    hop('role-session-name: my session'),
    'role-chain, line 3, column 22, hop 2, role-session-name',
    "the session name 'my session' contains ' '",
    '2 to 64 characters',
  ],
  [
    'a target without a space after its colon',
    { targets: `a:[${hub}]` },
    'targets, target 1',
    'is neither a name nor a name with a chain',
    'with a colon and a space after the name',
  ],
  [
    'a list of targets with chains',
    { targets: `- a: [${hub}]` },
    'targets, line 1, column 3, target 1',
    'a list of targets has names only',
    'a map without dashes',
  ],
  ['a semicolon', chain(`${hub};${deploy}`), 'role-chain, hop 1', 'separated by ;', `${hub}, then ${deploy}`],
  [
    'a comma in a name',
    chain(`${hub},b`),
    'role-chain, hop 2',
    "'b' follows a comma and is not an ARN",
    `"- ${hub},b"`,
  ],
  [
    'a shell variable',
    chain('arn:aws:iam::$ACCOUNT:role/x'),
    'role-chain, hop 1',
    "contains '$ACCOUNT'",
    'with: does not expand shell variables',
  ],
  [
    'a JSON list of accounts',
    role({ 'allowed-account-ids': '["111111111111"]' }),
    'allowed-account-ids',
    'written as YAML or JSON',
    'Write the items without brackets, dashes and quotes',
  ],
  [
    'a dollar before a key',
    { ...keys, 'aws-access-key-id': '$AKIAIOSFODNN7EXAMPLE' },
    'aws-access-key-id',
    'begins with a dollar sign',
    'secrets.NAME',
  ],
  [
    'a line break in a key',
    { ...keys, 'aws-secret-access-key': 'not\na-secret' },
    'aws-secret-access-key',
    'a line break',
    'on one line',
  ],
  [
    'a key with the name of its variable',
    { ...keys, 'aws-access-key-id': 'AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE' },
    'aws-access-key-id',
    'begins with the name of a variable',
    'Store the value alone',
  ],
  [
    'a key copied from a log',
    { ...keys, 'aws-access-key-id': '***' },
    'aws-access-key-id',
    'is only asterisks',
    'Store the key itself',
  ],
  [
    'an invisible character in a key',
    { ...keys, 'aws-access-key-id': 'AKIAIOSFODNN7EXAMPLE\u200b' },
    'aws-access-key-id',
    'a look-alike or invisible character',
    'Store the secret again',
  ],
  [
    'a policy by its file',
    role({ 'inline-session-policy': 'policy.json' }),
    'inline-session-policy',
    'is the name of a file',
    'Write the JSON itself',
  ],
  [
    'a policy by its ARN',
    role({ 'inline-session-policy': 'arn:aws:iam::aws:policy/ReadOnlyAccess' }),
    'inline-session-policy',
    'is an ARN',
    'managed-session-policies',
  ],
  [
    'a policy as JSON inside JSON',
    role({ 'inline-session-policy': JSON.stringify('{"Statement":[]}') }),
    'inline-session-policy',
    'JSON inside a JSON string',
    'Remove toJSON()',
  ],
  [
    'a managed policy by its name',
    role({ 'managed-session-policies': 'PowerUserAccess' }),
    'managed-session-policies, item 1',
    'is not the ARN of a managed policy',
    'arn:aws:iam::aws:policy/PowerUserAccess',
  ],
  [
    'the name of the metadata service',
    role({ 'credential-source': 'imds' }),
    'credential-source',
    "'imds' is not a credential source",
    'Did you mean Ec2InstanceMetadata?',
  ],
  [
    'an endpoint without its scheme',
    role({ 'sts-endpoint': 'sts.eu-west-1.amazonaws.com' }),
    'sts-endpoint',
    'is not an http or https address',
    'https://sts.eu-west-1.amazonaws.com',
  ],
  [
    'a session name that GitHub gives a bot',
    role({ 'role-session-name': 'dependabot[bot]' }),
    'role-session-name',
    "contains '['",
    'for example dependabot-bot-',
  ],
  [
    'keys that are swapped',
    { 'aws-access-key-id': 'x', 'aws-secret-access-key': 'AKIAIOSFODNN7EXAMPLE' },
    'aws-secret-access-key',
    'is an access key ID',
    'Swap the values',
  ],
  ['aws-global', role({ 'aws-region': 'aws-global' }), 'aws-region', 'means global endpoints', 'like us-east-1'],
  [
    'an Availability Zone',
    role({ 'aws-region': 'eu-west-1a' }),
    'aws-region',
    'is an Availability Zone',
    'Write eu-west-1',
  ],
  [
    'a Region with underscores',
    role({ 'aws-region': 'EU_WEST_1' }),
    'aws-region',
    'is not an AWS Region',
    'Did you mean eu-west-1?',
  ],
  ...['us-east1', 'us-east-l', 'us–east–1', 'useast1', 'us-east-1,', '"us-east-1"'].map(
    (region): Mistake => [
      `the Region ${region}`,
      role({ 'aws-region': region }),
      'aws-region',
      'is not an AWS Region',
      'Did you mean us-east-1?',
    ],
  ),
  [
    'a Region of another partition',
    { 'role-to-assume': hub.replace('aws', 'aws-cn'), 'aws-region': 'eu-west-1' },
    'aws-region',
    'is in partition aws, but the first role is in aws-cn',
    'like cn-northwest-1',
  ],
  [
    'the ARN of a user',
    { 'role-to-assume': 'arn:aws:iam::111111111111:user/ci' },
    'role-to-assume',
    'is the ARN of a user, not of a role',
    'arn:aws:iam::111111111111:role/<name>',
  ],
  [
    'an ARN with a colon too few',
    { 'role-to-assume': hub.replace('::', ':') },
    'role-to-assume',
    'is not the ARN of an IAM role',
    `Write it like ${hub}`,
  ],
  [
    'a list where one role is expected',
    { 'role-to-assume': `- ${hub}` },
    'role-to-assume',
    'is written as a list',
    'role-chain takes lists',
  ],
  [
    'accounts on one line',
    role({ 'allowed-account-ids': '111111111111 222222222222' }),
    'allowed-account-ids, item 1',
    'is not an AWS account ID',
    'Write one account ID per line',
  ],
  [
    'an account with dashes',
    role({ 'allowed-account-ids': '1111-1111-1111' }),
    'allowed-account-ids, item 1',
    'is not an AWS account ID',
    'Write 111111111111',
  ],
  [
    'tags without braces',
    role({ 'custom-tags': 'Team: a' }),
    'custom-tags, line 1, column 1',
    'the braces of an object are missing',
    '{"name": "value"}',
  ],
  [
    'tags as JSON inside JSON',
    role({ 'custom-tags': JSON.stringify('{"Team":"a"}') }),
    'custom-tags',
    'the tags are JSON inside a JSON string',
    'Remove toJSON()',
  ],
  ['a tag that is null', role({ 'custom-tags': '{"Team":null}' }), 'custom-tags, line 1, column 9', 'is null', unset],
];

describe.each([
  ['a character', characters],
  ['a place', places],
  ['something empty', empty],
  ['the wrong form', forms],
])('%s', (_, mistakes) => {
  it.each(mistakes)('%s', (_, inputs, where, what, fix) => {
    const found = problems(inputs);
    expect(found).toMatchObject([{ what: expect.stringContaining(what), fix: expect.stringContaining(fix) }]);
    expect(found[0]?.where.startsWith(where), found[0]?.where).toBe(true);
  });
});

describe('a role-chain file', () => {
  const ini = 'roles.ini';
  it.each([
    [
      'YAML where INI is read',
      ini,
      `targets:\n  a: [${hub}]\n`,
      'role-chain-file roles.ini',
      'the file is YAML',
      'ends in .yml',
    ],
    [
      'INI where YAML is read',
      'r.yml',
      `[profile a]\nrole_arn = ${hub}\n`,
      'role-chain-file r.yml',
      'in the format of the AWS config file',
      'aws-roles.ini',
    ],
    [
      'role-arn',
      ini,
      `[profile a]\nrole-arn = ${hub}\n`,
      'role-chain-file roles.ini, line 2, [profile a], role-arn',
      "'role-arn' is not a key",
      'Did you mean role_arn?',
    ],
    [
      'the key of a hop',
      ini,
      `[profile a]\nrole-to-assume = ${hub}\n`,
      'role-chain-file roles.ini, line 2, [profile a], role-to-assume',
      "'role-to-assume' is not a key",
      'Did you mean role_arn?',
    ],
    [
      'a section without its bracket',
      ini,
      `[profile a\nrole_arn = ${hub}\n`,
      'role-chain-file roles.ini, line 1',
      'the section has no closing bracket',
      'Write [profile NAME]',
    ],
    [
      'no section',
      ini,
      `role_arn = ${hub}\n`,
      'role-chain-file roles.ini, line 1',
      'the line is before the first section',
      'Write [profile NAME] on a line above it',
    ],
    [
      'a key twice',
      ini,
      `[profile a]\nrole_arn = ${hub}\nrole_arn = ${deploy}\n`,
      'role-chain-file roles.ini, line 3, [profile a]',
      'the line repeats a key',
      'Keep one',
    ],
    [
      'a misspelt profile',
      ini,
      `[profil a]\nrole_arn = ${hub}\n`,
      'role-chain-file roles.ini, line 1, [profil a]',
      "the word before the name is 'profil', not profile",
      'Write [profile a]',
    ],
    [
      'quotes around a role',
      ini,
      `[profile a]\nrole_arn = "${hub}"\n`,
      'role-chain-file roles.ini, line 2, [profile a], role_arn',
      'there are quotes around',
      `Write it without them: ${hub}`,
    ],
    [
      'an expression in a file',
      'r.yml',
      `targets:\n  a: [arn:aws:iam::${'$' + '{{ vars.A }}'}:role/x]\n`,
      'role-chain-file r.yml, line 2, column 20, target a',
      'the line contains an expression',
      'Write the value itself',
    ],
    ['no targets', 'r.yml', 'via: {}\n', 'role-chain-file r.yml', 'the file declares no targets', 'Name at least one'],
    [
      'a bare name',
      ini,
      '[profile a]\nrole_arn = deploy\n',
      'role-chain-file roles.ini, line 2, [profile a], role_arn',
      "'deploy' cannot be the role_arn",
      'arn:aws:iam::',
    ],
  ])('%s', (_, path, text, where, what, fix) => {
    for (const targets of ['a', 'all']) {
      const found = problems({ targets, 'role-chain-file': path }, text);
      expect(found[0]).toMatchObject({ what: expect.stringContaining(what), fix: expect.stringContaining(fix) });
      expect(found[0]?.where).toBe(where);
    }
  });
});

it('no message contains the value of a key', () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG bPxRfiCYEXAMPLEKEY';
  const found = problems({ ...keys, 'aws-secret-access-key': secret, 'aws-session-token': `"${secret}"` });
  expect(found).toHaveLength(2);
  expect(JSON.stringify(found)).not.toContain('wJalr');
});
