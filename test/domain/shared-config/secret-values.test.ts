import { describe, expect, test } from 'vitest';
import { secretValues } from '../../../src/domain/shared-config/secret-values.js';

const key = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLE';

describe('a value that gives access is found', () => {
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

test('nothing else is one', () => {
  const text =
    '[profile prod]\nregion = eu-west-1\noutput = json\nrole_arn = arn:aws:iam::111111111111:role/x\ns3 =\n  max = 5\n# a comment\n';
  expect(secretValues(text)).toEqual([]);
  const command = '/opt/tool --profile ci --region eu-west-1 -v ./path';
  expect(secretValues(`credential_process = ${command}`)).toEqual([command]);
});
