import { isObject } from '../../emulator/world/json-object.js';
import type { Schema } from '../../emulator/world/rules.js';

/** Checks a value against the rule of one keyword. */
type Check = (value: unknown, rule: unknown, place: { readonly schema: Schema; readonly root: Schema }) => boolean;

const characters = (value: unknown) => (typeof value === 'string' ? [...value].length : undefined);

const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  array: Array.isArray,
  object: isObject,
};

/** The keywords of draft 2020-12 that this repository's schemas use; https://json-schema.org/draft/2020-12 */
const checks: Readonly<Record<string, Check>> = {
  $schema: () => true,
  title: () => true,
  description: () => true,
  $defs: () => true,
  definitions: () => true,
  patternErrorMessage: () => true,
  // `if` evaluates `then` and `else`.
  // biome-ignore lint/suspicious/noThenProperty: the keyword has this name
  then: () => true,
  else: () => true,
  if: (value, rule, { schema, root }) =>
    fits(value, (fits(value, rule as Schema, root) ? schema.then : schema.else) as Schema, root),
  not: (value, rule, { root }) => !fits(value, rule as Schema, root),
  $ref: (value, rule, { root }) => fits(value, definition(String(rule), root), root),
  enum: (value, rule) => (rule as readonly unknown[]).includes(value),
  type: (value, rule) => [rule].flat().some((name) => types[String(name)]?.(value) === true),
  anyOf: (value, rule, { root }) => (rule as readonly Schema[]).some((schema) => fits(value, schema, root)),
  pattern: (value, rule) => typeof value !== 'string' || new RegExp(String(rule), 'u').test(value),
  minLength: (value, rule) => (characters(value) ?? Number.POSITIVE_INFINITY) >= Number(rule),
  maxLength: (value, rule) => (characters(value) ?? 0) <= Number(rule),
  minimum: (value, rule) => typeof value !== 'number' || value >= Number(rule),
  maximum: (value, rule) => typeof value !== 'number' || value <= Number(rule),
  minItems: (value, rule) => !Array.isArray(value) || value.length >= Number(rule),
  maxItems: (value, rule) => !Array.isArray(value) || value.length <= Number(rule),
  uniqueItems: (value) =>
    !Array.isArray(value) || new Set(value.map((item) => JSON.stringify(item))).size === value.length,
  items: (value, rule, { root }) => !Array.isArray(value) || value.every((item) => fits(item, rule as Schema, root)),
  required: (value, rule) =>
    !isObject(value) || (rule as readonly string[]).every((name) => Object.hasOwn(value, name)),
  minProperties: (value, rule) => !isObject(value) || Object.keys(value).length >= Number(rule),
  maxProperties: (value, rule) => !isObject(value) || Object.keys(value).length <= Number(rule),
  propertyNames: (value, rule, { root }) =>
    !isObject(value) || Object.keys(value).every((name) => fits(name, rule as Schema, root)),
  properties: (value, rule, { root }) =>
    !isObject(value) ||
    Object.entries(rule as Record<string, Schema>).every(
      ([name, schema]) => !Object.hasOwn(value, name) || fits(value[name], schema, root),
    ),
  additionalProperties: (value, rule, { schema: { properties = {} }, root }) => {
    const others = isObject(value)
      ? Object.entries(value).filter(([name]) => !Object.hasOwn(properties as object, name))
      : [];
    return others.every(([, item]) => rule !== false && fits(item, rule as Schema, root));
  },
};

/** Whether a value matches a JSON schema. Throws on a keyword that this file does not support. */
export function fits(value: unknown, schema: Schema, root: Schema = schema): boolean {
  return Object.entries(schema).every(([keyword, rule]) => {
    const check = checks[keyword];
    if (check === undefined) {
      throw new Error(`The keyword ${keyword} is not supported.`);
    }
    return check(value, rule, { schema, root });
  });
}

function definition(pointer: string, { $defs, definitions = $defs }: Schema): Schema {
  const found = (definitions as Record<string, Schema> | undefined)?.[
    pointer.replace(/^#\/(\$defs|definitions)\//, '')
  ];
  if (found === undefined) {
    throw new Error(`${pointer} is not a definition of the schema.`);
  }
  return found;
}
