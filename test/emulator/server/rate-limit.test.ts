import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, expect, test } from 'vitest';
import type { Emulator } from '../../../emulator/server/emulator.js';
import { deploy, hub } from '../../support/example-world.js';
import { startExample } from '../../support/start-example.js';
import { clientOf, refusalOf } from '../../support/sts-client.js';

let emulator: Emulator;
afterEach(() => emulator.close());

const start = async (rate: { perSecond: number; burst: number }) => {
  const now = Date.now();
  emulator = await startExample((world) => Object.assign(world, { rate }), { now: () => now });
};
const whoAmI = (keys?: ReturnType<Emulator['issue']>) =>
  clientOf(emulator, keys).send(new GetCallerIdentityCommand({}));
const outcomes = (calls: readonly Promise<unknown>[]) =>
  Promise.all(
    calls.map((call) =>
      call.then(
        () => 'ok',
        () => 'throttled',
      ),
    ),
  );
const count = (of: string, all: readonly string[]) => all.filter((one) => one === of).length;

test('a burst is allowed, then a fixed rate, and a rejected call does not use the budget', async () => {
  await start({ perSecond: 5, burst: 10 });
  const first = await outcomes(Array.from({ length: 25 }, () => whoAmI()));
  expect([count('ok', first), count('throttled', first)]).toEqual([10, 15]);
  expect(await refusalOf(whoAmI())).toEqual({ code: 'Throttling', status: 400, message: 'Rate exceeded' });
  emulator.clock.advance(1);
  expect(count('ok', await outcomes(Array.from({ length: 8 }, () => whoAmI())))).toBe(5);
  emulator.clock.advance(0.2);
  expect(count('ok', await outcomes([whoAmI(), whoAmI()]))).toBe(1);
  emulator.clock.advance(60);
  expect(count('ok', await outcomes(Array.from({ length: 12 }, () => whoAmI())))).toBe(10);
  expect(emulator.requests.filter(({ errorCode }) => errorCode === 'Throttling')).toHaveLength(15 + 1 + 3 + 1 + 2);
});

test('each account has its own rate; a federated call counts for the account of the role', async () => {
  await start({ perSecond: 1, burst: 1 });
  const other = emulator.issue(deploy);
  expect(await outcomes([whoAmI(), whoAmI(other)])).toEqual(['ok', 'ok']);
  const token = { RoleArn: hub, RoleSessionName: 'ab', WebIdentityToken: await emulator.idToken() };
  expect((await refusalOf(clientOf(emulator).send(new AssumeRoleWithWebIdentityCommand(token)))).code).toBe(
    'Throttling',
  );
  emulator.clock.advance(1);
  await clientOf(emulator).send(new AssumeRoleWithWebIdentityCommand(token));
  expect((await refusalOf(whoAmI())).code).toBe('Throttling');
  const call = clientOf(emulator, emulator.issue(hub)).send(
    new AssumeRoleCommand({ RoleArn: deploy, RoleSessionName: 'ab' }),
  );
  expect((await refusalOf(call)).code).toBe('Throttling');
});
