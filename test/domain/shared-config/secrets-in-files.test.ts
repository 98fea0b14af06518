import { describe, expect, test } from 'vitest';
import { longSecretValues, secretValues } from '../../../src/domain/shared-config/secrets-in-files.js';

const key = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLE';

describe('a secret value is found', () => {
  test.each([
    ['as the AWS CLI writes it', `aws_secret_access_key = ${key}`],
    ['without blanks', `aws_secret_access_key=${key}`],
    ['with tabs', `aws_secret_access_key\t=\t${key}\t`],
    ['with a colon', `aws_secret_access_key: ${key}`],
    ['in capitals', `AWS_Secret_Access_Key = ${key}`],
    ['in quotes', `aws_secret_access_key = "${key}"`],
    ['in single quotes with a comment', `aws_secret_access_key = '${key}' # mine`],
    ['before a comment', `aws_secret_access_key = ${key} ; mine`],
    ['indented', `  aws_secret_access_key = ${key}`],
    ['in the next line', `aws_secret_access_key =\n  ${key}`],
    ['after other lines', `aws_secret_access_key = first\n\t${key}\nregion = eu-west-1`],
    ['with CRLF', `aws_secret_access_key = ${key}\r\nregion = x\r\n`],
    ['commented out', `# aws_secret_access_key = ${key}`],
    ['commented out with a semicolon', `;;aws_secret_access_key=${key}`],
    ['as a session token', `aws_session_token = ${key}`],
    ['as a security token', `aws_security_token = ${key}`],
    ['as a key ID', `aws_access_key_id = ${key}`],
    ['as an argument', `credential_process = /opt/tool --profile ci ${key}`],
    ['as the value of a flag', `credential_process = tool --token=${key}`],
    ['as a quoted argument', `credential_process = "/opt/my tool" --token "${key}"`],
    ['as an argument in the next line', `credential_process = tool\n  --token ${key}`],
  ])('%s', (_, text) => {
    expect(secretValues(`[profile prod]\n${text}\n[other]\nregion = eu-west-1\n`)).toContain(key);
  });
});

test.each([
  '',
  '[profile prod]\nregion = eu-west-1\noutput = json\nrole_arn = arn:aws:iam::111111111111:role/x\ns3 =\n  max = 5\n# a comment\n',
  'credential_process = /opt/tool2/bin exec prod --profile ci --region us-gov-west-1 -v ./path deploy --timeout=3600',
])('no other value is one: %j', (text) => {
  expect(secretValues(text)).toEqual([]);
});

test('an argument is one because of its flag, or because it looks random', () => {
  const command = '/opt/tool --password plain --api-key=short --out json aB3dE5fG7h "two words 12345678"';
  expect(secretValues(`credential_process = ${command}`)).toEqual([
    'plain',
    'short',
    'aB3dE5fG7h',
    'two words 12345678',
  ]);
});

test('short keys are not hidden, because they may be words', () => {
  expect(longSecretValues(`aws_access_key_id = test\naws_secret_access_key = ${key}\n`)).toEqual([key]);
});
