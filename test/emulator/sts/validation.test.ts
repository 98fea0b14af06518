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

const good = { RoleArn: deploy, RoleSessionName: 'ab' };
const one = '1 validation error detected: Value';
const constraint = 'failed to satisfy constraint: Member must';
const pattern = `${constraint} satisfy regular expression pattern:`;

describe('AssumeRole parameters', () => {
  test.each<[Record<string, string>, string]>([
    [{ RoleSessionName: 'bad/name' }, `${one} 'bad/name' at 'roleSessionName' ${pattern} [\\w+=,.@-]*`],
    [{ RoleSessionName: 'x' }, `${one} 'x' at 'roleSessionName' ${constraint} have length greater than or equal to 2`],
    [
      { RoleSessionName: 'x'.repeat(65) },
      `${one} '${'x'.repeat(65)}' at 'roleSessionName' ${constraint} have length less than or equal to 64`,
    ],
    [
      { DurationSeconds: '899' },
      `${one} '899' at 'durationSeconds' ${constraint} have value greater than or equal to 900`,
    ],
    [
      { DurationSeconds: '43201' },
      `${one} '43201' at 'durationSeconds' ${constraint} have value less than or equal to 43200`,
    ],
    [{ ExternalId: 'a b' }, `${one} 'a b' at 'externalId' ${pattern} [\\w+=,.@:\\/-]*`],
    [
      { SourceIdentity: 'x'.repeat(257) },
      `${one} '${'x'.repeat(257)}' at 'sourceIdentity' ${constraint} have length less than or equal to 256`,
    ],
    [
      { MinimumSessionTokenSize: '4097' },
      `${one} '4097' at 'minimumSessionTokenSize' ${constraint} have value less than or equal to 4096`,
    ],
    [{ SourceIdentity: 'aws:me' }, `${one} 'aws:me' at 'sourceIdentity' ${pattern} [\\w+=,.@-]*`],
    [{ TokenCode: '12345x' }, `${one} '***' at 'tokenCode' ${pattern} [\\d]*`],
    [{ RoleArn: 'x'.repeat(20) }, `${'x'.repeat(20)} is invalid`],
    [{ RoleArn: 'arn:aws:iam::222222222222:user/someone' }, 'arn:aws:iam::222222222222:user/someone is invalid'],
  ])('%j', async (parameters, message) => {
    const error = await errorOf(await post(emulator.url, form({ ...good, ...parameters })));
    expect(error).toEqual({ status: 400, code: 'ValidationError', message });
  });

  test('every violation is listed in one message', async () => {
    const error = await errorOf(await post(emulator.url, form({ RoleSessionName: '/', DurationSeconds: '1' })));
    expect(error.message).toMatch(/^4 validation errors detected: /);
    expect(error.message).toContain("Value null at 'roleArn' failed to satisfy constraint: Member must not be null");
  });

  test('a character beyond the BMP matches no pattern, and counts once', async () => {
    const error = await errorOf(await post(emulator.url, form({ ...good, RoleArn: `${deploy}😀` })));
    expect(error.message).toMatch(/^1 validation error detected: .*regular expression pattern: \[\\u0009/);
  });

  test.each([
    ['abc', undefined],
    ['3600.0', undefined],
    ['2147483648', undefined],
    ['', 'missing value for decimal type'],
  ])('DurationSeconds %j is malformed', async (DurationSeconds, message) => {
    const response = await post(emulator.url, form({ ...good, DurationSeconds }));
    expect(await errorOf(response)).toEqual({ status: 400, code: 'MalformedInput', message });
  });

  test('a source identity of 256 characters is accepted', async () => {
    const body = form({
      RoleArn: 'arn:aws:iam::111111111111:role/ci-hub',
      RoleSessionName: 'ab',
      SourceIdentity: 'x'.repeat(256),
    });
    expect((await post(emulator.url, body)).status).toBe(200);
  });

  test.each(['0900', '+900'])('DurationSeconds %s is a number', async (DurationSeconds) => {
    const body = form({ ...good, RoleArn: deploy.replace('deploy', 'long'), DurationSeconds });
    expect((await post(emulator.url, body)).status).toBe(200);
  });

  test.each<[Record<string, string>, string, string]>([
    [
      {
        'Tags.member.1.Key': 'Team',
        'Tags.member.1.Value': 'a',
        'Tags.member.2.Key': 'team',
        'Tags.member.2.Value': '',
      },
      'InvalidParameterValue',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    ],
    [
      { 'TransitiveTagKeys.member.1': 'Team' },
      'InvalidParameterValue',
      'The specified transitive tag key must be included in the requested tags.',
    ],
    [
      { 'Tags.member.1.Key': 'Team' },
      'ValidationError',
      "1 validation error detected: Value null at 'tags.1.member.value' failed to satisfy constraint: Member must not be null",
    ],
    [{ Policy: '{' }, 'MalformedPolicyDocument', 'This policy contains invalid Json'],
  ])('%j is rejected', async (parameters, code, message) => {
    const body = form({ ...good, RoleArn: 'arn:aws:iam::111111111111:role/ci-hub', ...parameters });
    expect(await errorOf(await post(emulator.url, body))).toEqual({ status: 400, code, message });
  });
});
