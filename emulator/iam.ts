import { evaluateCondition } from './conditions.js';
import { expand } from './policy-variables.js';
import { type Grant, matchPrincipal, type PrincipalNames } from './principals.js';
import type { RequestContext } from './request-context.js';
import { lowerCased, matches, pattern } from './wildcard.js';
import type { PolicyDocument, PolicyStatement } from './world.js';

/** One question to a policy: may this action be done on this resource, under these condition keys? */
export interface AccessRequest {
  readonly action: string;
  readonly resource: string;
  readonly context: RequestContext;
  /** A condition key (lower case) to take as satisfied, to learn whether it alone denies. */
  readonly satisfiedKey?: string;
  /** Hears about what is not understood. */
  note(text: string): void;
}

/** A policy's answer. */
export type Verdict = 'allowed' | 'denied' | 'silent';

const identityElements = ['Sid', 'Effect', 'Action', 'Resource', 'Condition'];
const trustElements = ['Sid', 'Effect', 'Action', 'Principal', 'Condition'];

/** What identity policies, boundaries, session policies or control policies say together: any Deny wins. */
export function evaluatePolicies(policies: readonly PolicyDocument[], request: AccessRequest): Verdict {
  const verdicts = policies.flatMap((policy) =>
    statementsOf(policy).map((statement) => {
      const unknown = Object.keys(statement).filter((element) => !identityElements.includes(element));
      if (!actionMatches(statement, request)) return 'silent';
      const applies = unknown.length > 0 ? unknown : resourceMatches(statement, policy.Version, request);
      return conclude(statement, policy.Version, applies, request);
    }),
  );
  return combine(verdicts);
}

/** What a trust policy says to a caller, and how closely its Allow names them. */
export function evaluateTrust(
  policy: PolicyDocument,
  caller: PrincipalNames,
  request: AccessRequest,
): { readonly verdict: Verdict; readonly grants: readonly Grant[] } {
  const grants: Grant[] = [];
  const verdicts = statementsOf(policy).map((statement) => {
    const unknown = Object.keys(statement).filter((element) => !trustElements.includes(element));
    if (!actionMatches(statement, request)) return 'silent';
    const principal = matchPrincipal(statement.Principal, caller);
    const problems = 'unsupported' in principal ? [...unknown, principal.unsupported] : unknown;
    const grant = 'grant' in principal ? principal.grant : undefined;
    const applies = problems.length > 0 ? problems : grant !== undefined;
    const verdict = conclude(statement, policy.Version, applies, request);
    if (verdict === 'allowed' && grant !== undefined) grants.push(grant);
    return verdict;
  });
  return { verdict: combine(verdicts), grants };
}

function conclude(
  statement: PolicyStatement,
  version: string | undefined,
  applies: boolean | readonly string[],
  request: AccessRequest,
): Verdict {
  if (applies === false) return 'silent';
  const condition = evaluateCondition(statement.Condition, {
    context: request.context,
    version,
    satisfiedKey: statement.Effect === 'Allow' ? request.satisfiedKey : undefined,
  });
  const problems = [
    ...(applies === true ? [] : applies),
    ...('unsupported' in condition ? [condition.unsupported] : []),
    ...(['Allow', 'Deny'].includes(statement.Effect) ? [] : [`Effect ${statement.Effect}`]),
  ];
  if (problems.length > 0) {
    request.note(`not evaluated, so it denies: ${problems.join(', ')} (${request.action} on ${request.resource})`);
    return statement.Effect === 'Allow' ? 'silent' : 'denied';
  }
  if (!('met' in condition) || !condition.met) return 'silent';
  return statement.Effect === 'Allow' ? 'allowed' : 'denied';
}

function statementsOf(policy: PolicyDocument): readonly PolicyStatement[] {
  return Array.isArray(policy.Statement) ? policy.Statement : [policy.Statement];
}

// A statement without Action (NotAction, or a slip) may concern any action, so it is looked at further.
function actionMatches(statement: PolicyStatement, request: AccessRequest): boolean {
  if (statement.Action === undefined) return true;
  return texts(statement.Action).some((action) => matches(lowerCased(pattern(action)), request.action.toLowerCase()));
}

function resourceMatches(statement: PolicyStatement, version: string | undefined, request: AccessRequest): boolean {
  return texts(statement.Resource).some((resource) => {
    const wanted = expand(resource, request.context, version);
    return wanted !== undefined && matches(wanted, request.resource);
  });
}

function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === 'string');
}

function combine(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('denied')) return 'denied';
  return verdicts.includes('allowed') ? 'allowed' : 'silent';
}
