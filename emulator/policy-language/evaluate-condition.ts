import { isObject } from '../world/json-object.js';
import { isKnownKey } from './condition-keys.js';
import { type Operator, operators } from './operators.js';
import type { Pattern } from './pattern.js';
import { expand, unknownVariables } from './policy-variables.js';
import type { RequestContext } from './request-context.js';

/** The result of a Condition block. An unsupported block has a reason and counts as a denial. */
type ConditionResult = { readonly met: boolean } | Unsupported;

interface Unsupported {
  readonly unsupported: string;
}

/** The inputs of an evaluation: the request's keys, the policy's version, and a key to treat as satisfied. */
interface ConditionSetting {
  readonly context: RequestContext;
  readonly version: string | undefined;
  readonly satisfiedKey?: string | undefined;
}

interface ParsedOperator {
  readonly operator: Operator;
  readonly asksPresence: boolean;
  readonly set: string | undefined;
  readonly ifExists: boolean;
}

/** One condition key with an operator and the wanted values. */
interface Test extends ParsedOperator {
  readonly key: string;
  readonly wanted: readonly string[];
}

const operatorName = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

/** Evaluates a Condition block: all operators and keys must match, each with any of its values. */
export function evaluateCondition(condition: unknown, setting: ConditionSetting): ConditionResult {
  if (condition === undefined) {
    return { met: true };
  }
  if (!isObject(condition)) {
    return { unsupported: 'Condition is not an object' };
  }
  const read = Object.entries(condition).flatMap(([name, keys]) => readTests(name, keys, setting.version));
  const unsupported = read.find((one) => 'unsupported' in one);
  if (unsupported !== undefined) {
    return unsupported;
  }
  const tests = read.filter((one) => 'key' in one && one.key.toLowerCase() !== setting.satisfiedKey) as Test[];
  return { met: tests.every((test) => holds(test, setting)) };
}

function readTests(name: string, keys: unknown, version: string | undefined): (Test | Unsupported)[] {
  const parsed = parseOperator(name);
  if (parsed === undefined) {
    return [{ unsupported: `condition operator ${name}` }];
  }
  if (!isObject(keys)) {
    return [{ unsupported: `condition operator ${name} without keys` }];
  }
  return Object.entries(keys).map(([key, value]) => {
    const wanted = valuesOf(value);
    if (wanted === undefined) {
      return { unsupported: `value of condition key ${key}` };
    }
    const test = { ...parsed, key, wanted };
    const [problem] = isKnownKey(key) ? valueProblems(test, version) : [`condition key ${key}`];
    return problem === undefined ? test : { unsupported: problem };
  });
}

function parseOperator(name: string): ParsedOperator | undefined {
  const [, set, plain = '', ifExists] = operatorName.exec(name) ?? [];
  const operator = operators.get(plain);
  const asksPresence = plain === 'Null';
  // Null accepts neither a set prefix nor IfExists.
  if (operator === undefined || (asksPresence && name !== plain)) {
    return undefined;
  }
  return { operator, asksPresence, set, ifExists: ifExists !== undefined };
}

function valueProblems({ operator, key, wanted }: Test, version: string | undefined): string[] {
  return wanted.flatMap((value) => {
    const accepted = operator.accepts?.(value) ?? true;
    return [...unknownVariables(value, version), ...(accepted ? [] : [`value ${value} of condition key ${key}`])];
  });
}

function holds({ operator, key, wanted, ...test }: Test, { context, version }: ConditionSetting): boolean {
  const found = context.get(key.toLowerCase());
  const actual = test.asksPresence ? [String(found === undefined)] : found;
  if (actual === undefined) {
    const matchesAbsent = test.set === undefined ? operator.negated : test.set === 'ForAllValues';
    return matchesAbsent || test.ifExists;
  }
  const patterns = wanted
    .map((value) => expand(value, context, version))
    .filter((value): value is Pattern => value !== undefined);
  const matches = (value: string) => patterns.some((one) => operator.compare(value, one)) !== operator.negated;
  const needsAll = test.set === undefined ? operator.negated : test.set === 'ForAllValues';
  return needsAll ? actual.every(matches) : actual.some(matches);
}

function valuesOf(value: unknown): string[] | undefined {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const usable = list.every((item) => ['string', 'number', 'boolean'].includes(typeof item));
  return usable ? list.map(String) : undefined;
}
