import { expect, it } from 'vitest';
import { hub } from '../../support/example-world.js';
import { openStage } from '../../support/stage.js';

const names = Array.from({ length: 30 }, (_, at) => `spoke-${at}`);
const roleOf = (at: number) => `arn:aws:iam::${500_000_000_000 + at}:role/deploy`;

it('thirty targets that a hub may not assume have one explanation with one policy, and AWS’s link comes first', async () => {
  const stage = await openStage({
    change: (world) => {
      world.authorizationIds = true;
    },
  });
  const targets = names.map((name, at) => `${name}: [${hub}, "${roleOf(at)}"]`).join('\n');
  const { log, annotations, summary } = await stage.fails({ targets });
  const [annotation] = annotations;
  expect(annotations).toHaveLength(1);
  expect(annotation?.message).toMatch(/^Authorization ID (\w+): https:\/\/\S+#\/authorization-details\/\1\n/);
  expect(annotation?.title).toMatch(/^30 targets failed: spoke-0, .* and 25 more$/);
  for (const text of [log, summary]) {
    expect(text.match(/Likely causes/g)).toHaveLength(1);
    expect(text.match(/"Statement"/g)).toHaveLength(2);
    for (const [at, name] of names.entries()) {
      expect(text).toMatch(new RegExp(`\\b${name}\\b`));
      expect(text).toContain(roleOf(at));
    }
  }
  expect(log).toMatch(/Likely causes, in order:\n {2}1\. The policy of the caller does not allow/);
  expect(log.split('\n').length).toBeLessThan(200);
});
