import { type Operator, operators } from './operators.js';
import { expand, unknownVariables } from './policy-variables.js';
import { isKnownKey, type RequestContext } from './request-context.js';
import type { Pattern } from './wildcard.js';

/** The result of a Condition block. An unsupported block has a reason and counts as a denial. */
export type ConditionResult = { readonly met: boolean } | { readonly unsupported: string };

/** The inputs of an evaluation: the request's keys, the policy's version, and a key to treat as satisfied. */
export interface ConditionSetting {
  readonly context: RequestContext;
  readonly version: string | undefined;
  readonly satisfiedKey?: string | undefined;
}

interface Test {
  readonly operator: Operator;
  readonly asksPresence: boolean;
  readonly set: string | undefined;
  readonly ifExists: boolean;
}

const operatorName = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

/** Evaluates a Condition block: all operators and keys must match, each with any of its values. */
export function evaluateCondition(condition: unknown, setting: ConditionSetting): ConditionResult {
  if (condition === undefined) {
    return { met: true };
  }
  if (!isMap(condition)) {
    return { unsupported: 'Condition is not an object' };
  }
  let met = true;
  for (const [name, keys] of Object.entries(condition)) {
    const test = readOperator(name);
    if (test === undefined) {
      return { unsupported: `condition operator ${name}` };
    }
    if (!isMap(keys)) {
      return { unsupported: `condition operator ${name} without keys` };
    }
    for (const [key, wanted] of Object.entries(keys)) {
      const values = valuesOf(wanted);
      if (values === undefined) {
        return { unsupported: `value of condition key ${key}` };
      }
      if (!isKnownKey(key)) {
        return { unsupported: `condition key ${key}` };
      }
      const problem = values.flatMap((value) => valueProblems(test, key, value, setting.version))[0];
      if (problem !== undefined) {
        return { unsupported: problem };
      }
      if (key.toLowerCase() !== setting.satisfiedKey) {
        met &&= keyHolds(test, key, values, setting);
      }
    }
  }
  return { met };
}

function readOperator(name: string): Test | undefined {
  const [, set, plain = '', ifExists] = operatorName.exec(name) ?? [];
  const operator = operators.get(plain);
  const asksPresence = plain === 'Null';
  // Null accepts neither a set prefix nor IfExists.
  if (operator === undefined || (asksPresence && name !== plain)) {
    return undefined;
  }
  return { operator, asksPresence, set, ifExists: ifExists !== undefined };
}

function valueProblems({ operator }: Test, key: string, value: string, version: string | undefined): string[] {
  const readable = operator.reads?.(value) ?? true;
  return [...unknownVariables(value, version), ...(readable ? [] : [`value ${value} of condition key ${key}`])];
}

function keyHolds(test: Test, key: string, wanted: readonly string[], setting: ConditionSetting): boolean {
  const { operator } = test;
  const found = setting.context.get(key.toLowerCase());
  const actual = test.asksPresence ? [String(found === undefined)] : found;
  if (actual === undefined) {
    if (test.set !== undefined) {
      return test.set === 'ForAllValues' || test.ifExists;
    }
    return operator.negated || test.ifExists;
  }
  const patterns = wanted
    .map((value) => expand(value, setting.context, setting.version))
    .filter((value): value is Pattern => value !== undefined);
  const holds = (value: string) => patterns.some((one) => operator.compare(value, one)) !== operator.negated;
  if (test.set === 'ForAllValues') {
    return actual.every(holds);
  }
  if (test.set === 'ForAnyValue') {
    return actual.some(holds);
  }
  return operator.negated ? actual.every(holds) : actual.some(holds);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function valuesOf(value: unknown): string[] | undefined {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const usable = list.every((item) => ['string', 'number', 'boolean'].includes(typeof item));
  return usable ? list.map(String) : undefined;
}
