import { expect, it } from 'vitest';
import { chainOf, deploy, hub, openStage } from '../../support/stage.js';

const isOldNode = Number.parseInt(process.versions.node, 10) < 22;

it('the log of a plain good run has a line for each thing that happened, and one about an old Node', async () => {
  const stage = await openStage();
  const { log } = await stage.succeeds({ 'role-chain': chainOf(hub, deploy) });
  const lines = log.split('\n').filter((line) => line !== '' && !/^::/.test(line));
  const told = [/^Base identity: /, /^Token: /, /^Hop 1 of 2: /, /^Hop 2 of 2: /, /^You are /];
  expect(lines.filter((line) => !told.some((words) => words.test(line)))).toHaveLength(isOldNode ? 1 : 0);
  expect(lines).toHaveLength(told.length + (isOldNode ? 1 : 0));
  expect(log).not.toContain('AWS SDK for JavaScript');
  expect(/runs on Node .* needs Node 22 or newer/.test(log)).toBe(isOldNode);
});
