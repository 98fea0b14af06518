/** The facts that a post-if condition can use. */
interface ConditionContext {
  readonly environment: Readonly<Record<string, string>>;
  readonly jobFailed: boolean;
}

const comparisonPattern = /^env\.([A-Za-z_][\w-]*)\s*(==|!=)\s*'((?:[^']|'')*)'$/;

/**
 * Evaluates the part of GitHub's expression language that post-if conditions use: `always()`, `success()`, `failure()`,
 * `env.NAME == 'text'`, `env.NAME != 'text'`, `!` before a function, `&&` and `||`. Throws on anything else.
 */
export function evaluateCondition(condition: string, context: ConditionContext): boolean {
  const ors = splitOutsideText(condition, '||');
  return ors
    .map((or) => splitOutsideText(or, '&&').map((term) => evaluateTerm(term.trim(), condition, context)))
    .some((terms) => terms.every(Boolean));
}

function evaluateTerm(term: string, condition: string, context: ConditionContext): boolean {
  const comparison = comparisonPattern.exec(term);
  if (comparison !== null) {
    const [, name = '', operator, text = ''] = comparison;
    return equals(context.environment[name], text.replaceAll("''", "'")) === (operator === '==');
  }
  const [, negation = '', name = ''] = /^((?:!\s*)*)(\w+)\(\s*\)$/.exec(term) ?? [];
  const value = functionValue(name.toLowerCase(), context);
  if (value === undefined) {
    throw new Error(`post-if: '${term}' in '${condition}' is not supported`);
  }
  return negation.replaceAll(/\s/g, '').length % 2 === 0 ? value : !value;
}

function functionValue(name: string, context: ConditionContext): boolean | undefined {
  switch (name) {
    case 'always':
      return true;
    case 'success':
      return !context.jobFailed;
    case 'failure':
      return context.jobFailed;
    default:
      return undefined;
  }
}

// GitHub compares strings without case, and a missing variable (null) as the number 0.
function equals(value: string | undefined, text: string): boolean {
  return value === undefined ? Number(text) === 0 : value.toLowerCase() === text.toLowerCase();
}

function splitOutsideText(text: string, operator: string): string[] {
  const parts = [''];
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === "'") {
      quoted = !quoted;
    }
    if (!quoted && text.startsWith(operator, index)) {
      parts.push('');
      index += operator.length - 1;
    } else {
      parts.push(`${parts.pop()}${character}`);
    }
  }
  return parts;
}
