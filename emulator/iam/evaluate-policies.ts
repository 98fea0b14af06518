import type { PolicyDocument, PolicyStatement } from '../world/world.js';
import {
  type AccessRequest,
  evaluateStatement,
  mayConcern,
  noteDenial,
  type Question,
  resourceMatches,
  statementProblems,
  type Verdict,
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
export function evaluatePolicies({ kind, owner, policies }: PolicyGroup, request: AccessRequest): Verdict {
  const verdicts = policies.map((policy, index) => {
    const question = { ...request, place: `${kind} ${index + 1} of ${owner}`, version: policy.Version };
    return evaluateStatements(policy, question, (statement) => {
      const problems = [
        ...statementProblems(statement, elementsOf(kind, statement)),
        ...entryProblems(statement, 'Resource', policy.Version),
      ];
      return evaluateStatement(
        statement,
        problems.length > 0 ? problems : resourceMatches(statement, question),
        question,
      );
    });
  });
  return combine(verdicts);
}

/** Evaluates a trust policy for a caller and reports how specifically an Allow names the caller. */
export function evaluateTrust(
  policy: PolicyDocument,
  caller: PrincipalNames,
  request: AccessRequest,
): { readonly verdict: Verdict; readonly grants: readonly Grant[] } {
  const grants: Grant[] = [];
  const question = { ...request, place: 'the trust policy', version: policy.Version };
  const verdict = evaluateStatements(policy, question, (statement) => {
    const principal = matchPrincipal(statement.Principal, caller);
    const problems = [
      ...statementProblems(statement, trustElements),
      ...('unsupported' in principal ? [principal.unsupported] : []),
    ];
    const grant = 'grant' in principal ? principal.grant : undefined;
    const answer = evaluateStatement(statement, problems.length > 0 ? problems : grant !== undefined, question);
    if (answer === 'allowed' && grant !== undefined) {
      grants.push(grant);
    }
    return answer;
  });
  return { verdict, grants };
}

// A malformed policy might contain any Deny.
function evaluateStatements(
  policy: PolicyDocument,
  question: Question,
  judge: (statement: PolicyStatement) => Verdict,
): Verdict {
  const problems = documentProblems(policy);
  if (problems.length > 0) {
    noteDenial(problems, question);
    return 'denied';
  }
  const concerned = [policy.Statement].flat().filter((statement) => mayConcern(statement, question));
  return combine(concerned.map(judge));
}

function combine(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('denied')) {
    return 'denied';
  }
  return verdicts.includes('allowed') ? 'allowed' : 'silent';
}
