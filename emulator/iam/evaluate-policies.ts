import type { PolicyDocument, PolicyStatement } from '../world/world.js';
import { evaluateCondition } from './conditions.js';
import { documentProblems, entryProblems, textsOf } from './policy-grammar.js';
import { expand } from './policy-variables.js';
import { type Grant, matchPrincipal, type PrincipalNames } from './principals.js';
import type { RequestContext } from './request-context.js';
import { lowerCased, matches, pattern } from './wildcard.js';

/** A request to evaluate: the action, the resource and the condition keys. */
export interface AccessRequest {
  readonly action: string;
  readonly resource: string;
  readonly context: RequestContext;
  /** A condition key (lower case) to treat as satisfied, to find out whether it alone denies. */
  readonly satisfiedKey?: string;
  /** Called for policy elements that cannot be evaluated. */
  note(text: string): void;
}

/** Policies of one kind, with their owner as notes name it. */
export interface PolicyGroup {
  readonly kind: string;
  readonly owner: string;
  readonly policies: readonly PolicyDocument[];
}

/** The result of a policy. */
export type Verdict = 'allowed' | 'denied' | 'silent';

interface Question extends AccessRequest {
  /** The policy as notes name it. */
  readonly place: string;
  readonly version: string | undefined;
}

/** The kind of policy that limits access to an account's roles for every caller. */
export const resourceControl = 'resource control policy';

const identityElements = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];
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
      return conclude(statement, problems.length > 0 ? problems : resourceMatches(statement, question), question);
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
    const answer = conclude(statement, problems.length > 0 ? problems : grant !== undefined, question);
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

function conclude(statement: PolicyStatement, applies: boolean | readonly string[], question: Question): Verdict {
  if (applies === false) {
    return 'silent';
  }
  const condition = evaluateCondition(statement.Condition, {
    context: question.context,
    version: question.version,
    satisfiedKey: statement.Effect === 'Allow' ? question.satisfiedKey : undefined,
  });
  const problems = [
    ...(applies === true ? [] : applies),
    ...('unsupported' in condition ? [condition.unsupported] : []),
    ...(['Allow', 'Deny'].includes(statement.Effect) ? [] : [`Effect ${statement.Effect}`]),
  ];
  if (problems.length > 0) {
    noteDenial(problems, question);
    return statement.Effect === 'Allow' ? 'silent' : 'denied';
  }
  if (!('met' in condition) || !condition.met) {
    return 'silent';
  }
  return statement.Effect === 'Allow' ? 'allowed' : 'denied';
}

function noteDenial(problems: readonly string[], { place, action, resource, note }: Question): void {
  note(`not evaluated, so it denies: ${problems.join(', ')} in ${place} (${action} on ${resource})`);
}

function statementProblems(statement: PolicyStatement, known: readonly string[]): string[] {
  const unknown = Object.keys(statement).filter((element) => !known.includes(element));
  return [...unknown, ...entryProblems(statement, 'Action', undefined)];
}

// A statement with a malformed Action might apply to any action, so it counts as applying.
function mayConcern(statement: PolicyStatement, { action }: Question): boolean {
  if (entryProblems(statement, 'Action', undefined).length > 0) {
    return true;
  }
  const isNamed = (one: string) => matches(lowerCased(pattern(one)), action.toLowerCase());
  const { named, isExclusion } = entriesOf(statement, 'Action');
  return named.some(isNamed) !== isExclusion;
}

function resourceMatches(statement: PolicyStatement, { context, version, resource }: Question): boolean {
  const { named, isExclusion } = entriesOf(statement, 'Resource');
  const patterns = named.map((one) => expand(one, context, version));
  // An exclusion with an unset variable would exclude nothing. Fail closed: a Deny applies, an Allow does not.
  if (isExclusion && patterns.includes(undefined)) {
    return statement.Effect === 'Deny';
  }
  return patterns.some((wanted) => wanted !== undefined && matches(wanted, resource)) !== isExclusion;
}

interface Entries {
  readonly named: readonly string[];
  /** Whether the statement covers everything except what it names. */
  readonly isExclusion: boolean;
}

function entriesOf(statement: PolicyStatement, element: 'Action' | 'Resource'): Entries {
  const isExclusion = statement[`Not${element}`] !== undefined;
  return { named: textsOf(statement[isExclusion ? `Not${element}` : element]) ?? [], isExclusion };
}

function combine(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('denied')) {
    return 'denied';
  }
  return verdicts.includes('allowed') ? 'allowed' : 'silent';
}
