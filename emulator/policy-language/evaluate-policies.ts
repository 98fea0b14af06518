import type { PolicyDocument, PolicyStatement } from '../world/world.js';
import {
  type AccessRequest,
  actionMatches,
  type Decision,
  type Evaluation,
  evaluateStatement,
  noteUnsupported,
  resourceMatches,
  statementProblems,
} from './evaluate-statement.js';
import { type Grant, matchPrincipal, type PrincipalNames } from './match-principal.js';
import { documentProblems, entryProblems, identityElements } from './policy-grammar.js';

/** Policies of one kind, with their owner as notes name it. */
interface PolicyGroup {
  readonly kind: string;
  readonly owner: string;
  readonly policies: readonly PolicyDocument[];
}

/** The kind of policy that limits access to an account's roles for every caller. */
export const resourceControl = 'resource control policy';

const trustElements = ['Sid', 'Effect', 'Action', 'NotAction', 'Principal', 'Condition'];

/** A resource control policy must have `"Principal": "*"`; the other kinds must not have a principal. */
function elementsOf(kind: string, { Principal }: PolicyStatement): readonly string[] {
  return kind === resourceControl && Principal === '*' ? [...identityElements, 'Principal'] : identityElements;
}

/** Evaluates identity policies, boundaries, session policies or control policies together: any Deny wins. */
export function evaluatePolicies({ kind, owner, policies }: PolicyGroup, request: AccessRequest): Decision {
  const decisions = policies.map((policy, index) => {
    const evaluation = { ...request, policyName: `${kind} ${index + 1} of ${owner}`, version: policy.Version };
    return evaluateStatements(policy, evaluation, (statement) => {
      const problems = [
        ...statementProblems(statement, elementsOf(kind, statement)),
        ...entryProblems(statement, 'Resource', policy.Version),
      ];
      return evaluateStatement(
        statement,
        problems.length > 0 ? problems : resourceMatches(statement, evaluation),
        evaluation,
      );
    });
  });
  return combine(decisions);
}

/** Evaluates a trust policy for a caller and reports how specifically an Allow names the caller. */
export function evaluateTrust(
  policy: PolicyDocument,
  caller: PrincipalNames,
  request: AccessRequest,
): { readonly decision: Decision; readonly grants: readonly Grant[] } {
  const grants: Grant[] = [];
  const evaluation = { ...request, policyName: 'the trust policy', version: policy.Version };
  const decision = evaluateStatements(policy, evaluation, (statement) => {
    const principal = matchPrincipal(statement.Principal, caller);
    const problems = [
      ...statementProblems(statement, trustElements),
      ...('unsupported' in principal ? [principal.unsupported] : []),
    ];
    const grant = 'grant' in principal ? principal.grant : undefined;
    const answer = evaluateStatement(statement, problems.length > 0 ? problems : grant !== undefined, evaluation);
    if (answer === 'allowed' && grant !== undefined) {
      grants.push(grant);
    }
    return answer;
  });
  return { decision, grants };
}

// A malformed policy might contain any Deny.
function evaluateStatements(
  policy: PolicyDocument,
  evaluation: Evaluation,
  decide: (statement: PolicyStatement) => Decision,
): Decision {
  const problems = documentProblems(policy);
  if (problems.length > 0) {
    noteUnsupported(problems, evaluation);
    return 'explicitDeny';
  }
  const applicable = [policy.Statement].flat().filter((statement) => actionMatches(statement, evaluation));
  return combine(applicable.map(decide));
}

function combine(decisions: readonly Decision[]): Decision {
  if (decisions.includes('explicitDeny')) {
    return 'explicitDeny';
  }
  return decisions.includes('allowed') ? 'allowed' : 'implicitDeny';
}
