import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, expect, test } from 'vitest';
import type { Emulator } from '../../../emulator/server/emulator.js';
import { deploy, hub } from '../../support/example-world.js';
import { startExample } from '../../support/start-example.js';
import { clientOf, refusalOf } from '../../support/sts-client.js';

let emulator: Emulator;
afterEach(() => emulator.close());

const details =
  /^(.*)\. Go to https:\/\/us-east-1\.console\.aws\.amazon\.com\/iam\/home\?region=us-east-1#\/authorization-details\/([0-9a-z]{25}) for complete details, or call the GetRequestAuthorizationDetails API with the following authorization id: \2$/;

test('a denial has an authorization ID and a link if the world has authorizationIds; other errors have none', async () => {
  emulator = await startExample((world) => Object.assign(world, { authorizationIds: true }));
  const assume = (RoleArn: string) =>
    refusalOf(clientOf(emulator).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'ab' })));
  const [, text] = details.exec((await assume(deploy)).message) ?? [];
  expect(text).toBe(
    `User: arn:aws:iam::111111111111:user/ci-bot is not authorized to perform: sts:AssumeRole on resource: ${deploy}`,
  );
  const WebIdentityToken = await emulator.idToken({ repository: 'evil/fork' });
  const federated = { RoleArn: hub, RoleSessionName: 'ab', WebIdentityToken };
  const denied = await refusalOf(clientOf(emulator).send(new AssumeRoleWithWebIdentityCommand(federated)));
  expect(details.exec(denied.message)?.[1]).toBe('Not authorized to perform sts:AssumeRoleWithWebIdentity');
  emulator.faults.add({ operation: 'AssumeRole', fault: { kind: 'access-denied' } });
  expect((await assume(hub)).message).toMatch(details);
  expect((await assume('arn:aws:iam::222222222222:user/x')).message).not.toContain('authorization');
});
