import { textsOf } from './policy-grammar.js';

/** The names by which a trust policy can refer to a caller. */
export interface PrincipalNames {
  readonly accountId?: string;
  /** The ARN of a role or user; for a session, its role's. */
  readonly principalArn?: string;
  readonly sessionArn?: string;
  readonly uniqueId?: string;
  /** The ARN of the OIDC or SAML provider behind a federated call. */
  readonly federated?: string;
}

/** How specifically a trust policy names the caller, most specific first. */
export type Grant = 'session' | 'principal' | 'anyone' | 'account';

/** The result of matching a Principal element with a caller. */
type PrincipalResult = { readonly grant: Grant | undefined } | { readonly unsupported: string };

const closeness: readonly Grant[] = ['session', 'principal', 'anyone', 'account'];
const accountRoot = /^(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::root)?$/;
const noWildcards = /^[^*?]*$/;

function awsGrant(name: string, caller: PrincipalNames): Grant | undefined {
  if (caller.principalArn === undefined) {
    return undefined;
  }
  if (name === '*') {
    return 'anyone';
  }
  if (name === caller.sessionArn) {
    return 'session';
  }
  if (name === caller.principalArn || name === caller.uniqueId) {
    return 'principal';
  }
  return accountRoot.exec(name)?.[1] === caller.accountId ? 'account' : undefined;
}

interface Kind {
  /** The form of such a name. A name of another form might match any caller. */
  readonly form: RegExp;
  readonly grantOf: (name: string, caller: PrincipalNames) => Grant | undefined;
}

const kinds: ReadonlyMap<string, Kind> = new Map([
  ['AWS', { form: /^(\*|\d{12}|arn:aws[a-z-]*:(iam|sts)::\d{12}:[^$]+|A[A-Z0-9]{15,127})$/, grantOf: awsGrant }],
  [
    'Federated',
    { form: /^(arn:aws[a-z-]*:iam::\d{12}:(oidc|saml)-provider\/[^$]+|[\w-]+(\.[\w-]+)+)$/, grantOf: federatedGrant },
  ],
  ['Service', { form: /^[\w-]+(\.[\w-]+)+$/, grantOf: () => undefined }],
]);

function federatedGrant(name: string, caller: PrincipalNames): Grant | undefined {
  return name === caller.federated ? 'principal' : undefined;
}

/** Matches a trust statement's Principal with the caller. */
export function matchPrincipal(principal: unknown, caller: PrincipalNames): PrincipalResult {
  const named = principal === '*' ? { AWS: '*' } : principal;
  if (typeof named !== 'object' || named === null || Object.keys(named).length === 0) {
    return { unsupported: 'Principal' };
  }
  const grants: (Grant | undefined)[] = [];
  for (const [kind, value] of Object.entries(named)) {
    const known = kinds.get(kind);
    if (known === undefined) {
      return { unsupported: `principal kind ${kind}` };
    }
    const names = textsOf(value);
    if (names === undefined) {
      return { unsupported: `principal of kind ${kind}` };
    }
    for (const name of names) {
      if (name !== '*' && !noWildcards.test(name)) {
        return { unsupported: `wildcard in principal ${name}` };
      }
      if (!known.form.test(name)) {
        return { unsupported: `principal ${name} of kind ${kind}` };
      }
      grants.push(known.grantOf(name, caller));
    }
  }
  return { grant: closeness.find((grant) => grants.includes(grant)) };
}
