import type { BaseIdentity } from '../chain/base-identity.js';
import { type Hop, inheritedAt, roleText } from '../chain/hop.js';
import type { HopNode, HopTree } from '../chain/hop-tree.js';
import type { ExpectedToken } from '../id-token/expected-token.js';
import { isRoleArn, type RoleArn } from '../identifiers/arn.js';
import { callerStatements } from './caller-statements.js';
import { samlStatement, webIdentityStatement } from './federated-statements.js';
import type { NeededActions } from './needed-actions.js';
import { type PolicyDocument, policyOf, type Statement } from './policy-document.js';
import { principalNamed } from './principal.js';
import { trustStatements } from './trust-statements.js';

/** A policy that a caller or a role of the chain needs. */
export interface NeededPolicy {
  /** The account of the role or user; undefined if only a call to AWS could find it. */
  readonly accountId?: string;
  readonly kind: 'trust' | 'permissions';
  /** The ARN of the role or user that needs the policy. */
  readonly of: string;
  readonly policy: PolicyDocument;
  /** Whether a statement was omitted because it has no Condition, and would allow what another's Condition denies. */
  readonly omitsUnguarded?: boolean;
}

interface PolicyHolder {
  readonly arn: string;
  readonly accountId?: string;
}

/** A policy while it is collected: statements of a trust policy, or the hops that a caller makes. */
interface Side extends Omit<NeededPolicy, 'policy'> {
  readonly statements: Statement[];
  readonly hops: (NeededActions & { readonly roleArn: string })[];
}

/** The base identity of a chain, and the hops from it so far. */
interface ChainSoFar {
  readonly base: BaseIdentity;
  readonly path: readonly Hop[];
}

/** Placeholder in an ARN for an account that only a call to AWS could find. */
export const unknownAccount = 'ACCOUNT-OF-THE-BASE-IDENTITY';

/** Returns the policies that roles and callers in trees of hops need: one of each kind for each ARN, in walk order. */
export function neededPolicies(trees: readonly HopTree[], token: ExpectedToken): readonly NeededPolicy[] {
  const sides = new Map<string, Side>();
  const side = (kind: Side['kind'], { arn, accountId }: PolicyHolder): Side => {
    const known = sides.get(`${kind} ${arn}`);
    const made = known ?? { kind, of: arn, statements: [], hops: [], ...(accountId !== undefined && { accountId }) };
    sides.set(`${kind} ${arn}`, made);
    return made;
  };
  const visit = (nodes: readonly HopNode[], caller: PolicyHolder, { base, path }: ChainSoFar): void => {
    for (const { hop, children } of nodes) {
      const hops = [...path, hop];
      const role = roleCaller(hop, caller);
      const needs = { hop, inherited: inheritedAt(hops, path.length), roleArn: role.arn };
      if (hop.operation === 'AssumeRole') {
        side('permissions', caller).hops.push(needs);
      }
      side('trust', role).statements.push(...statementsFor(needs, caller, { base, token }));
      visit(children, role, { base, path: hops });
    }
  };
  for (const { base, children } of trees) {
    visit(children, baseCaller(base, children), { base, path: [] });
  }
  return [...sides.values()].map(({ statements, hops, ...about }) => {
    const needed = unique([...statements, ...callerStatements(hops)]);
    const guarded = needed.filter((statement) => !isBypass(statement, needed));
    return {
      ...about,
      policy: policyOf(guarded),
      ...(guarded.length < needed.length && { omitsUnguarded: true }),
    };
  });
}

function statementsFor(
  needs: NeededActions,
  caller: PolicyHolder,
  { base, token }: { base: BaseIdentity; token: ExpectedToken },
): readonly Statement[] {
  const { role, operation } = needs.hop;
  if (operation === 'AssumeRoleWithSAML' && base.kind === 'saml') {
    return [samlStatement(base.providerArn)];
  }
  if (operation === 'AssumeRoleWithWebIdentity' && isRoleArn(role)) {
    const audience = base.kind === 'oidc' ? base.audience : 'AUDIENCE-OF-THE-TOKEN';
    const trusted =
      base.kind === 'oidc' ? token : { issuer: 'https://ISSUER-OF-THE-TOKEN', subjects: ['SUB-OF-THE-TOKEN'] };
    return [webIdentityStatement(role, { ...trusted, audience })];
  }
  return trustStatements(needs, principalNamed(caller.arn));
}

function roleCaller({ role }: Hop, caller: PolicyHolder): PolicyHolder {
  if (isRoleArn(role)) {
    return { arn: role.arn, accountId: role.accountId };
  }
  const [, partition = 'aws'] = caller.arn.split(':');
  return { arn: `arn:${partition}:iam::${unknownAccount}:role/${roleText(role)}` };
}

/** Returns a placeholder for the base identity as a caller, because its ARN is known only after a call. */
function baseCaller({ kind }: BaseIdentity, nodes: readonly HopNode[]): PolicyHolder {
  const role: RoleArn | undefined = nodes.map(({ hop }) => hop.role).find(isRoleArn);
  const type = kind === 'access-keys' || kind === 'Environment' ? 'user' : 'role';
  return { arn: `arn:${role?.partition ?? 'aws'}:iam::${unknownAccount}:${type}/BASE-IDENTITY` };
}

/** Whether another statement allows the same, but with a Condition. */
function isBypass({ Condition, ...allowed }: Statement, all: readonly Statement[]): boolean {
  return (
    Condition === undefined &&
    all.some(
      ({ Condition: guard, ...other }) => guard !== undefined && JSON.stringify(other) === JSON.stringify(allowed),
    )
  );
}

function unique(statements: readonly Statement[]): readonly Statement[] {
  const texts = statements.map((statement) => JSON.stringify(statement));
  return statements.filter((_, index) => texts.indexOf(texts[index] ?? '') === index);
}
