import type { PolicyStatement } from '../world/world.js';
import { evaluateCondition } from './evaluate-condition.js';
import { lowerCased, matches, pattern } from './pattern.js';
import { entryProblems, textsOf } from './policy-grammar.js';
import { expand } from './policy-variables.js';
import type { RequestContext } from './request-context.js';

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

/** The result of a policy, in the words of the IAM policy simulator. */
export type Decision = 'allowed' | 'explicitDeny' | 'implicitDeny';

/** A request, and the policy that is evaluated for it. */
export interface Evaluation extends AccessRequest {
  /** The policy as notes name it. */
  readonly policyName: string;
  readonly version: string | undefined;
}

/** Evaluates a statement. `applies`: whether its principal or resource matches, or what cannot be evaluated. */
export function evaluateStatement(
  statement: PolicyStatement,
  applies: boolean | readonly string[],
  evaluation: Evaluation,
): Decision {
  if (applies === false) {
    return 'implicitDeny';
  }
  const condition = evaluateCondition(statement.Condition, {
    context: evaluation.context,
    version: evaluation.version,
    satisfiedKey: statement.Effect === 'Allow' ? evaluation.satisfiedKey : undefined,
  });
  const problems = [
    ...(applies === true ? [] : applies),
    ...('unsupported' in condition ? [condition.unsupported] : []),
    ...(['Allow', 'Deny'].includes(statement.Effect) ? [] : [`Effect ${statement.Effect}`]),
  ];
  if (problems.length > 0) {
    noteUnsupported(problems, evaluation);
    return statement.Effect === 'Allow' ? 'implicitDeny' : 'explicitDeny';
  }
  if (!('met' in condition) || !condition.met) {
    return 'implicitDeny';
  }
  return statement.Effect === 'Allow' ? 'allowed' : 'explicitDeny';
}

/** Notes the policy elements that cannot be evaluated. */
export function noteUnsupported(problems: readonly string[], { policyName, action, resource, note }: Evaluation): void {
  note(`not evaluated, so it denies: ${problems.join(', ')} in ${policyName} (${action} on ${resource})`);
}

/** Unknown elements of a statement, and problems of its Action. */
export function statementProblems(statement: PolicyStatement, known: readonly string[]): string[] {
  const unknown = Object.keys(statement).filter((element) => !known.includes(element));
  return [...unknown, ...entryProblems(statement, 'Action', undefined)];
}

/** Whether the statement applies to the action. One with a malformed Action might apply to any action. */
export function actionMatches(statement: PolicyStatement, { action }: Evaluation): boolean {
  if (entryProblems(statement, 'Action', undefined).length > 0) {
    return true;
  }
  const isNamed = (one: string) => matches(lowerCased(pattern(one)), action.toLowerCase());
  const { named, isExclusion } = entriesOf(statement, 'Action');
  return named.some(isNamed) !== isExclusion;
}

/** Whether the statement applies to the resource. */
export function resourceMatches(statement: PolicyStatement, { context, version, resource }: Evaluation): boolean {
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
