import type { WorldDocument } from '../emulator/world/world.js';

/** The role that accepts the job's ID token. */
export const hubArn = 'arn:aws:iam::111111111111:role/ci-hub';
const mayAssume = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }],
};

/**
 * The world with `count` more accounts. Each has a role `deploy` that the hub may assume, and a role `relay` that the
 * account before it may assume (the hub, for the first one).
 */
export function manyAccounts(world: WorldDocument, count: number): WorldDocument {
  const spokes = accountIds(count).map((id, index, ids) => {
    const relay = { trustPolicy: trusting(index === 0 ? hubArn : relayArn(ids[index - 1])), policies: [mayAssume] };
    return [id, { roles: { deploy: { trustPolicy: trusting(hubArn) }, relay } }] as const;
  });
  const hub = world.accounts['111111111111'];
  const hubRole = hub?.roles?.['ci-hub'];
  if (hub === undefined || hubRole === undefined) {
    throw new Error('The world has no hub.');
  }
  const roles = { ...hub.roles, 'ci-hub': { ...hubRole, policies: [...(hubRole.policies ?? []), mayAssume] } };
  return {
    ...world,
    accounts: { ...world.accounts, '111111111111': { ...hub, roles }, ...Object.fromEntries(spokes) },
  };
}

/** The `targets` input for the role `deploy` in each of these accounts. */
export function targetsOf(count: number): string {
  return rolesOf(count)
    .map((role, index) => `account-${index + 1}: [${hubArn}, ${role}]`)
    .join('\n');
}

/** The ARNs of the role `deploy` in each of these accounts. */
export function rolesOf(count: number): readonly string[] {
  return accountIds(count).map((id) => `arn:aws:iam::${id}:role/deploy`);
}

/** A `role-chain` of this many hops: the hub, then the relay of each account in order. */
export function chainOf(hops: number): string {
  return [hubArn, ...accountIds(hops - 1).map(relayArn)].join('\n');
}

function trusting(arn: string) {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: arn }, Action: 'sts:AssumeRole' }],
  };
}

function relayArn(id: string | undefined): string {
  return `arn:aws:iam::${id}:role/relay`;
}

function accountIds(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => String(444_444_444_000 + index));
}
