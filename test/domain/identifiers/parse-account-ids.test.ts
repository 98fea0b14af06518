import { expect, it } from 'vitest';
import { parseAccountIds } from '../../../src/domain/identifiers/parse-account-ids.js';
import { parseList } from '../../../src/domain/input/list.js';
import { reportedAt } from '../../support/nodes.js';

it('every invalid account ID is reported', () => {
  const ids = ['111111111111', '012345678912', '12345678912', 'prod', '*'];
  const { value, problems } = reportedAt('allowed-account-ids', (place) =>
    parseAccountIds(parseList(ids.join(), place)),
  );
  expect(value, 'no guard, so that no role is reported for a list that is wrong').toEqual([]);
  expect(problems.map(({ where, what }) => [where, what])).toEqual([
    ['allowed-account-ids, item 3', "'12345678912' is not an AWS account ID"],
    ['allowed-account-ids, item 4', "'prod' is not an AWS account ID"],
    ['allowed-account-ids, item 5', "'*' is not an AWS account ID"],
  ]);
});
