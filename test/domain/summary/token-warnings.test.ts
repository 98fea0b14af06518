import { expect, it } from 'vitest';
import { tokenWarnings } from '../../../src/domain/summary/summary.js';
import { hopTo, roleIn, sessionOf, targetOf, walkedTo } from '../../support/example-chain.js';

const hub = hopTo(roleIn(1, 'hub'));
const targets = ['a', 'b', 'c'].map((name) => targetOf([hub, hopTo(roleIn(2, name))], { name }));

it.each([
  [79, []],
  [80, ['Hop 2 of 2 (a, b, c): the session token is 80 % full']],
  [100, ['Hop 2 of 2 (a, b, c): the session token is 100 % full']],
])('session tokens that are %d %% full cause one warning: %j', (utilization, wanted) => {
  const reached = targets.map((target) =>
    walkedTo(target, {
      sessions: target.hops.map((hop, index) =>
        sessionOf(hop, { tokenSize: { utilization: index === 0 ? 20 : utilization } }),
      ),
    }),
  );
  expect(tokenWarnings(reached).map((text) => text.split('.')[0])).toEqual(wanted);
});
