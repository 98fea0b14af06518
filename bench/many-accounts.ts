import type { WorldDocument } from '../emulator/world.js';

const trust = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111111111111:role/ci-hub' }, Action: 'sts:AssumeRole' },
  ],
};

/** The world with so many further accounts, each with a role `deploy` that the hub may assume. */
export function manyAccounts(world: WorldDocument, count: number): WorldDocument {
  const spokes = accountIds(count).map((id) => [id, { roles: { deploy: { trustPolicy: trust } } }] as const);
  const hub = world.accounts['111111111111'];
  const hubRole = hub?.roles?.['ci-hub'];
  if (hub === undefined || hubRole === undefined) {
    throw new Error('The world has no hub.');
  }
  const mayAssume = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }],
  };
  const roles = { ...hub.roles, 'ci-hub': { ...hubRole, policies: [...(hubRole.policies ?? []), mayAssume] } };
  return {
    ...world,
    accounts: { ...world.accounts, '111111111111': { ...hub, roles }, ...Object.fromEntries(spokes) },
  };
}

/** The `targets` of a step that goes to each of these accounts. */
export function targetsOf(count: number, hub: string): string {
  return accountIds(count)
    .map((id, index) => `account-${index + 1}: [${hub}, arn:aws:iam::${id}:role/deploy]`)
    .join('\n');
}

function accountIds(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => String(444_444_444_000 + index));
}
