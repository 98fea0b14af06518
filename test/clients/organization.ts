import { expect } from 'vitest';

/** An organization in moto. */
interface Organization {
  /** IDs of organizational units; `nested` is inside `production`. */
  readonly staging: string;
  readonly production: string;
  readonly nested: string;
  /** Creates active accounts in a unit and returns their IDs. */
  readonly addAccounts: (unit: string, names: readonly string[]) => Promise<readonly string[]>;
  readonly closeAccount: (AccountId: string) => Promise<unknown>;
}

/** Creates the organization in the moto at this URL, which serves every caller. */
export async function makeOrganization(url: string): Promise<Organization> {
  const ask = (operation: string, parameters: object) => askMoto(url, operation, parameters);
  await ask('CreateOrganization', { FeatureSet: 'ALL' });
  const { Roots } = (await ask('ListRoots', {})) as unknown as { Roots: readonly { Id: string }[] };
  const root = Roots[0]?.Id ?? '';
  const addUnit = async (Name: string, ParentId: string) =>
    (await ask('CreateOrganizationalUnit', { Name, ParentId })).OrganizationalUnit?.Id ?? '';
  const addAccount = async (AccountName: string, DestinationParentId: string) => {
    const created = await ask('CreateAccount', { AccountName, Email: 'a@example.com' });
    const AccountId = created.CreateAccountStatus?.AccountId ?? '';
    await ask('MoveAccount', { AccountId, SourceParentId: root, DestinationParentId });
    return AccountId;
  };
  const production = await addUnit('production', root);
  return {
    staging: await addUnit('staging', root),
    production,
    nested: await addUnit('payments', production),
    addAccounts: (unit, names) => Promise.all(names.map((name) => addAccount(name, unit))),
    closeAccount: (AccountId) => ask('CloseAccount', { AccountId }),
  };
}

type Answer = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Calls an operation as an AWS client does. */
async function askMoto(url: string, operation: string, parameters: object): Promise<Answer> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSOrganizationsV20161128.${operation}`,
      authorization: 'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/organizations/aws4_request',
    },
    body: JSON.stringify(parameters),
  });
  const text = await answer.text();
  expect(answer.status, text).toBe(200);
  return text === '' ? {} : JSON.parse(text);
}
