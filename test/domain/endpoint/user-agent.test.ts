import { expect, it } from 'vitest';
import { userAgentOf } from '../../../src/domain/endpoint/user-agent.js';

it.each<[Record<string, string>, readonly string[]]>([
  [{}, ['assume-role/1']],
  [
    { GITHUB_ACTION: '__self_2', GITHUB_RUN_ID: '4242', GITHUB_RUN_ATTEMPT: '3' },
    ['assume-role/1', 'md/action#__self_2', 'md/run_id#4242', 'md/attempt#3'],
  ],
  [{ GITHUB_RUN_ID: '42 evil/1', GITHUB_RUN_ATTEMPT: '1\r\nx: y', GITHUB_ACTION: 'ä' }, ['assume-role/1']],
  [{ GITHUB_RUN_ID: '1'.repeat(21), GITHUB_RUN_ATTEMPT: '' }, ['assume-role/1']],
])('of %j is %j', (environment, wanted) => {
  expect(userAgentOf(environment).map(([name, value]) => `${name}/${value}`)).toEqual(wanted);
});
