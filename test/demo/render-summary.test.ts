import { expect, test } from 'vitest';
import { renderSummary } from '../../demo/render-summary.js';
import { reachedSummary } from '../../src/domain/summary/reached-summary.js';
import { hopTo, roleIn, targetOf, walkedTo } from '../support/example-chain.js';

test('the demo shows the picture of a summary as text, with the account of each role', () => {
  const hub = hopTo(roleIn(1, 'ci-hub'));
  const reached = [2, 3].map((digit) =>
    walkedTo(targetOf([hub, hopTo(roleIn(digit, 'deploy'))], { name: `account-${digit}` })),
  );
  const lines = renderSummary(reachedSummary(reached, { masksAccountIds: false })).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^└─ Hop 1, 1h → ci-hub, account 111111111111$/),
      expect.stringMatching(/^ {4}└─ Hop 2, 1h → deploy, target account-2, account 222222222222$/),
      expect.stringMatching(/^ {4}└─ Hop 2, 1h → deploy, target account-3, account 333333333333$/),
    ]),
  );
});
