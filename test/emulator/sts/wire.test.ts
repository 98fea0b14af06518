import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../../../emulator/server/emulator.js';
import { deploy } from '../../support/example-world.js';
import { errorOf, form, post } from '../../support/signed-request.js';
import { startExample } from '../../support/start-example.js';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startExample();
});
afterAll(() => emulator.close());

const faultNamespace = 'http://webservices.amazon.com/AWSFault/2005-15-09';
const typed = { 'content-type': 'application/x-www-form-urlencoded' };

describe('the wire format of STS', () => {
  test('GetCallerIdentity is pretty-printed in the order Arn, UserId, Account', async () => {
    const response = await post(emulator.url, form({}, 'GetCallerIdentity'));
    const requestId = response.headers.get('x-amzn-requestid');
    expect(response.headers.get('content-type')).toBe('text/xml');
    expect(await response.text()).toMatch(
      new RegExp(
        [
          '^<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">',
          '  <GetCallerIdentityResult>',
          '    <Arn>arn:aws:iam::111111111111:user/ci-bot</Arn>',
          '    <UserId>AIDA[A-Z2-7]{17}</UserId>',
          '    <Account>111111111111</Account>',
          '  </GetCallerIdentityResult>',
          '  <ResponseMetadata>',
          `    <RequestId>${requestId}</RequestId>`,
          '  </ResponseMetadata>',
          '</GetCallerIdentityResponse>\n$',
        ].join('\n'),
      ),
    );
  });

  test('AssumeRole answers in AWS order, with AWS key shapes and a whole-second Expiration', async () => {
    const body = form({
      RoleArn: deploy.replace('deploy', 'long'),
      RoleSessionName: 'ab',
      DurationSeconds: '+900',
    });
    const response = await post(emulator.url, body);
    const text = await response.text();
    expect([...text.matchAll(/<(\w+)[ >]/g)].map(([, name]) => name)).toEqual([
      'AssumeRoleResponse',
      'AssumeRoleResult',
      'AssumedRoleUser',
      'AssumedRoleId',
      'Arn',
      'Credentials',
      'AccessKeyId',
      'SecretAccessKey',
      'SessionToken',
      'Expiration',
      'SessionTokenUtilization',
      'SessionTokenSize',
      'ResponseMetadata',
      'RequestId',
    ]);
    expect(text).toMatch(/<AccessKeyId>ASIA[A-Z2-7]{16}</);
    expect(text).toMatch(/<SecretAccessKey>[A-Za-z0-9+/]{40}</);
    expect(text).toMatch(/<SessionToken>[A-Za-z0-9+/=]{700}</);
    expect(text).toMatch(/<AssumedRoleId>AROA[A-Z2-7]{17}:ab</);
    const expiration = /<Expiration>(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)</.exec(text)?.[1] ?? '';
    const late = Date.parse(expiration) - Date.parse(response.headers.get('date') ?? '') - 900_000;
    expect(Math.abs(late)).toBeLessThanOrEqual(1000);
  });

  test('the RequestId of an error is a sibling of Error', async () => {
    const response = await fetch(emulator.url, { method: 'POST', headers: typed, body: form({}) });
    expect(await response.text()).toBe(
      `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <Error>
    <Type>Sender</Type>
    <Code>MissingAuthenticationToken</Code>
    <Message>Request is missing Authentication Token</Message>
  </Error>
  <RequestId>${response.headers.get('x-amzn-requestid')}</RequestId>
</ErrorResponse>\n`,
    );
    expect(response.status).toBe(403);
  });

  test.each([
    ['no Action', { method: 'POST', headers: typed, body: 'Version=2011-06-15' }, '/', 'https://aws.amazon.com/iam'],
    ['a GET without Action', {}, '/?a=b', 'https://aws.amazon.com/iam?a=b'],
    ['no content type', { method: 'POST', body: new Uint8Array([65]) }, '/', 'https://aws.amazon.com/iam'],
  ])('%s is redirected to the website', async (_name, init, path, location) => {
    const response = await fetch(emulator.url + path, { ...init, redirect: 'manual' });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(location);
    expect(await response.text()).toBe('');
  });

  test.each([
    ['Action=Nope&Version=2011-06-15', 'Could not find operation Nope for version 2011-06-15'],
    ['Action=&Version=2011-06-15', 'Could not find operation  for version 2011-06-15'],
    ['Action=AssumeRole', 'Could not find operation AssumeRole for version NO_VERSION_SPECIFIED'],
    ['Action=AssumeRole&Version=', 'Could not find operation AssumeRole for version '],
    ['Action=toString&Version=2011-06-15', 'Could not find operation toString for version 2011-06-15'],
  ])('%s is an InvalidAction', async (body, message) => {
    const response = await fetch(emulator.url, { method: 'POST', headers: typed, body });
    expect(await response.clone().text()).toContain(faultNamespace);
    expect(await errorOf(response)).toEqual({ status: 400, code: 'InvalidAction', message });
  });

  test('another path is an unknown operation', async () => {
    const response = await fetch(`${emulator.url}/other`);
    expect([response.status, (await response.text()).trim()]).toEqual([404, '<UnknownOperationException/>']);
  });

  test('a body above ten million bytes is too large', async () => {
    const body = `Action=GetCallerIdentity&Version=2011-06-15&x=${'x'.repeat(10_000_000)}`;
    const response = await fetch(emulator.url, { method: 'POST', headers: typed, body });
    expect([response.status, await response.text()]).toEqual([413, '']);
  });

  test('a GET works, the first duplicate wins, unknown parameters are ignored', async () => {
    const query = `${form({ RoleArn: 'short', RoleSessionName: 'ab', WebIdentityToken: 'abcd' }, 'AssumeRoleWithWebIdentity')}&RoleArn=${deploy}&Foo=bar`;
    const error = await errorOf(await fetch(`${emulator.url}/?${query}`));
    expect(error.message).toBe(
      "1 validation error detected: Value 'short' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20",
    );
  });
});
