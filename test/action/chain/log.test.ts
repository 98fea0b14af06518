import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { actionNode } from '../../support/entry-points.js';
import { deploy, hub } from '../../support/example-world.js';
import { chainOf, openStage } from '../../support/stage.js';

const isOldNode = Number.parseInt(execFileSync(actionNode, ['-p', 'process.versions.node']).toString(), 10) < 22;

it('the log of a successful run has a line for each event, and one about an old Node', async () => {
  const stage = await openStage();
  const { log } = await stage.succeeds({ 'role-chain': chainOf(hub, deploy) });
  const lines = log.split('\n').filter((line) => line !== '' && !/^::/.test(line));
  const expectedLines = [/^Base identity: /, /^Token: /, /^Hop 1 of 2: /, /^Hop 2 of 2: /, /^You are /];
  expect(lines.filter((line) => !expectedLines.some((words) => words.test(line)))).toHaveLength(isOldNode ? 1 : 0);
  expect(lines).toHaveLength(expectedLines.length + (isOldNode ? 1 : 0));
  expect(log).not.toContain('AWS SDK for JavaScript');
  expect(/runs on Node .* needs Node 22 or newer/.test(log)).toBe(isOldNode);
});

it('step debugging adds the Region, the endpoint, the proxy, the choice of the base identity, and each call with its time', async () => {
  const stage = await openStage({
    job: { debug: true },
    environment: { AWS_SESSION_TOKEN: ['old', 'token'].join('-') },
  });
  stage.emulator.faults.add({ operation: 'AssumeRole', fault: { kind: 'throttle' }, first: 1 });
  const { log } = await stage.succeeds({ 'role-chain': chainOf(hub, deploy) });
  expect(log).toContain('Variables for a base identity: ACTIONS_ID_TOKEN_REQUEST_URL, AWS_SESSION_TOKEN');
  expect(log).toContain(`STS: Region eu-west-1, endpoint ${stage.emulator.url}, no proxy`);
  expect(log).toMatch(/GetIdToken \(ID token\): attempt 1 answered after \d+ ms/);
  expect(log).toMatch(/AssumeRole \(.*role\/deploy\): attempt 1 failed \(Throttling\) after \d+ ms/);
  expect(log).toMatch(/AssumeRole \(.*role\/deploy\): attempt [12] answered after \d+ ms/);
  expect(log).not.toContain('old-token');
});
