/** Who makes a request, as a trust policy can name them. */
export interface PrincipalNames {
  readonly accountId?: string;
  /** A role's or user's ARN; for a session, its role's. */
  readonly principalArn?: string;
  readonly sessionArn?: string;
  readonly uniqueId?: string;
  /** The ARN of the OIDC or SAML provider behind a federated call. */
  readonly federated?: string;
}

/** How closely a trust policy names the caller, closest first. */
export type Grant = 'session' | 'principal' | 'anyone' | 'account';

/** What a Principal element comes to for a caller. */
export type PrincipalResult = { readonly grant: Grant | undefined } | { readonly unsupported: string };

const closeness: readonly Grant[] = ['session', 'principal', 'anyone', 'account'];
const accountRoot = /^(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::root)?$/;
const noWildcards = /^[^*?]*$/;

function awsGrant(name: string, caller: PrincipalNames): Grant | undefined {
  if (caller.principalArn === undefined) return undefined;
  if (name === '*') return 'anyone';
  if (name === caller.sessionArn) return 'session';
  if (name === caller.principalArn || name === caller.uniqueId) return 'principal';
  return accountRoot.exec(name)?.[1] === caller.accountId ? 'account' : undefined;
}

const kinds: Readonly<Record<string, (name: string, caller: PrincipalNames) => Grant | undefined>> = {
  AWS: awsGrant,
  Federated: (name, caller) => (name === caller.federated ? 'principal' : undefined),
  Service: () => undefined,
};

/** Matches a trust statement's Principal with the caller. */
export function matchPrincipal(principal: unknown, caller: PrincipalNames): PrincipalResult {
  const named = principal === '*' ? { AWS: '*' } : principal;
  if (typeof named !== 'object' || named === null) return { unsupported: 'Principal' };
  const grants: (Grant | undefined)[] = [];
  for (const [kind, value] of Object.entries(named)) {
    const grantOf = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    const names: unknown[] = Array.isArray(value) ? value : [value];
    if (grantOf === undefined) return { unsupported: `principal kind ${kind}` };
    for (const name of names) {
      if (typeof name !== 'string') return { unsupported: `principal of kind ${kind}` };
      if (name !== '*' && !noWildcards.test(name)) return { unsupported: `wildcard in principal ${name}` };
      grants.push(grantOf(name, caller));
    }
  }
  return { grant: closeness.find((grant) => grants.includes(grant)) };
}
