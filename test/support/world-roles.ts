import type { RoleDocument, WorldDocument } from '../../emulator/world/world.js';

/** A role that trusts one principal, on a condition or without. */
export function trusting(principal: string, condition?: object): RoleDocument {
  return {
    trustPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: principal },
          Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
          ...(condition && { Condition: condition }),
        },
      ],
    },
  };
}

/** Adds a role, and its account where that is new. */
export function addRole(world: WorldDocument, accountId: string, name: string, role: RoleDocument): void {
  world.accounts[accountId] ??= {};
  const account = world.accounts[accountId];
  account.roles = { ...account.roles, [name]: role };
}
