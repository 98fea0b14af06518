import { describe, expect, it } from 'vitest';
import type { RawInputs } from '../../../src/domain/input/input-names.js';
import { readEarlySettings } from '../../../src/domain/request/read-early-settings.js';

function read(inputs: RawInputs) {
  const { problems, ...value } = readEarlySettings(inputs);
  return { ...value, places: problems.map(({ where }) => where) };
}

describe('what a step logs', () => {
  it.each<[RawInputs, object]>([
    [{}, { masksAccountIds: false, writesSummary: true, places: [] }],
    [
      { 'mask-aws-account-id': '', 'job-summary': '' },
      { masksAccountIds: false, writesSummary: true, places: [] },
    ],
    [{ 'mask-aws-account-id': 'false' }, { masksAccountIds: false, places: [] }],
    [{ 'mask-aws-account-id': ' TRUE ' }, { masksAccountIds: true, places: [] }],
    [{ 'job-summary': 'False' }, { writesSummary: false, places: [] }],
    [{ 'job-summary': 'true' }, { writesSummary: true, places: [] }],
  ])('%j', (inputs, expected) => {
    expect(read(inputs)).toMatchObject(expected);
  });

  it('masks account IDs when the input is invalid', () => {
    expect(read({ 'mask-aws-account-id': 'yes' })).toMatchObject({
      masksAccountIds: true,
      places: ['mask-aws-account-id'],
    });
  });

  it('writes the summary when the input is invalid', () => {
    expect(read({ 'job-summary': 'off' })).toMatchObject({ writesSummary: true, places: ['job-summary'] });
  });
});
