import type { PolicyDocument, RoleDocument, WorldDocument } from '../../emulator/world/world.js';

/** A role that trusts one principal, with an optional condition. */
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

/** Adds a role under the account and name of an ARN, and its account if it does not exist. */
export function addRole(world: WorldDocument, arn: string, role: RoleDocument): void {
  const accountId = arn.split(':')[4] ?? '';
  const name = arn.split('/').at(-1) ?? '';
  world.accounts[accountId] ??= {};
  const account = world.accounts[accountId];
  account.roles = { ...account.roles, [name]: role };
}

/** A policy with one statement. */
export function policy(statement: Record<string, unknown>): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] };
}
