import { unknownWord } from './closest-word.js';
import { isObject } from './json-object.js';
import type { JsonPath } from './json-text.js';

/** A JSON schema, or a part of one. */
export type Schema = Readonly<Record<string, unknown>>;

/** A problem of a world and its location. */
export interface WorldProblem {
  readonly path: JsonPath;
  readonly text: string;
}

/** The rule for a value: a check, and a JSON schema for editors. */
export interface Rule {
  readonly schema: Schema;
  check(value: unknown, path: JsonPath): readonly WorldProblem[];
}

/** A member of an object: its rule, and the description that editors show. */
export interface Member {
  readonly rule: Rule;
  readonly description?: string;
  readonly required?: boolean;
}

/** A rule for single values; `wanted` completes "must be …". */
export function valueThat(wanted: string, schema: Schema, fits: (value: unknown) => boolean): Rule {
  return {
    schema,
    check: (value, path) => (fits(value) ? [] : [{ path, text: `must be ${wanted}, is ${shown(value)}` }]),
  };
}

/** A string that matches a pattern. */
export function textLike(wanted: string, pattern: RegExp): Rule {
  const schema = { type: 'string', pattern: pattern.source };
  return valueThat(wanted, schema, (value) => typeof value === 'string' && pattern.test(value));
}

/** One of these words. */
export function oneOf(...words: readonly string[]): Rule {
  return valueThat(`one of ${words.join(', ')}`, { enum: words }, (value) => words.includes(String(value)));
}

/** A whole number in a range. */
export function integerBetween(minimum: number, maximum: number, unit: string): Rule {
  const wanted = `a whole number of ${unit} from ${minimum} to ${maximum}`;
  const fits = (value: unknown) => Number.isInteger(value) && isBetween(value, minimum, maximum);
  return valueThat(wanted, { type: 'integer', minimum, maximum }, fits);
}

/** A number in a range, whole or not. */
export function numberBetween(minimum: number, maximum: number, unit: string): Rule {
  const wanted = `a number of ${unit} from ${minimum} to ${maximum}`;
  return valueThat(wanted, { type: 'number', minimum, maximum }, (value) => isBetween(value, minimum, maximum));
}

function isBetween(value: unknown, minimum: number, maximum: number): boolean {
  return typeof value === 'number' && value >= minimum && value <= maximum;
}

/** Any text, except the empty one. */
export const text: Rule = textLike('a text', /./s);

/** `true` or `false`. */
export const flag: Rule = valueThat('true or false', { type: 'boolean' }, (value) => typeof value === 'boolean');

/** A list of values that follow a rule. */
export function listOf(rule: Rule): Rule {
  return {
    schema: { type: 'array', items: rule.schema },
    check: (value, path) =>
      Array.isArray(value)
        ? value.flatMap((item, index) => rule.check(item, [...path, index]))
        : [{ path, text: `must be a list, is ${shown(value)}` }],
  };
}

/** An object whose names match a pattern; `kind` describes a name, such as "a role name". */
export function mapOf(rule: Rule, pattern: RegExp, kind: string): Rule {
  return {
    schema: { type: 'object', propertyNames: { pattern: pattern.source }, additionalProperties: rule.schema },
    check(value, path) {
      if (!isObject(value)) {
        return [{ path, text: `must be an object, is ${shown(value)}` }];
      }
      return Object.entries(value).flatMap(([name, item]) => [
        ...(pattern.test(name) ? [] : [{ path: [...path, name], text: `'${name}' is not ${kind}` }]),
        ...rule.check(item, [...path, name]),
      ]);
    },
  };
}

/** An object with known members. */
export function objectOf(members: Readonly<Record<string, Member>>): Rule {
  const entries = Object.entries(members);
  const required = entries.filter(([, member]) => member.required).map(([name]) => name);
  return {
    schema: {
      type: 'object',
      ...(required.length > 0 && { required }),
      additionalProperties: false,
      properties: Object.fromEntries(
        entries.map(([name, { description, rule }]) => [name, { description, ...rule.schema }]),
      ),
    },
    check(value, path) {
      if (!isObject(value)) {
        return [{ path, text: `must be an object, is ${shown(value)}` }];
      }
      const missing = required.filter((name) => value[name] === undefined);
      return [
        ...missing.map((name) => ({ path, text: `'${name}' is missing` })),
        ...Object.entries(value).flatMap(([name, item]) => {
          const place = [...path, name];
          const member = Object.hasOwn(members, name) ? members[name] : undefined;
          if (member === undefined) {
            return [{ path: place, text: unknownWord(name, Object.keys(members)) }];
          }
          return item === undefined ? [] : member.rule.check(item, place);
        }),
      ];
    },
  };
}

/** One rule for strings, another for everything else. */
export function textOr(text: Rule, other: Rule): Rule {
  return {
    schema: { anyOf: [text.schema, other.schema] },
    check: (value, path) => (typeof value === 'string' ? text : other).check(value, path),
  };
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
