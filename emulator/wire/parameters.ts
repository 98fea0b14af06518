import { AwsError, validationError } from './aws-error.js';
import { type Form, listOf, structuresOf } from './form.js';
import { listLimits, memberRules, type OperationSchema, patterns, type TextRule } from './parameter-schemas.js';

/** A request's parameters after validation; `undefined` for absent ones. */
export interface Parameters {
  text(name: string): string | undefined;
  required(name: string): string;
  integer(name: string): number | undefined;
  readonly policyArns: readonly string[];
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly transitiveTagKeys: readonly string[];
}

/** Validates a form against a schema; throws MalformedInput, or one ValidationError that lists every violation. */
export function readParameters(form: Form, schema: OperationSchema): Parameters {
  const integers = Object.entries(schema.integers ?? {}).map(([name, range]) => ({
    name,
    range,
    value: readInteger(form.get(name)),
  }));
  const policyArns = schema.policyArns ? structuresOf(form, 'PolicyArns').map((member) => member.get('arn') ?? '') : [];
  const tags = schema.tags ? structuresOf(form, 'Tags') : [];
  const transitiveTagKeys = schema.tags ? listOf(form, 'TransitiveTagKeys') : [];
  const violations = [
    ...Object.entries(schema.texts).flatMap(([name, rule]) => violationsOf(lowerCamel(name), form.get(name), rule)),
    ...integers.flatMap(rangeViolations),
    ...listViolations('policyArns', policyArns, (value) => [{ suffix: '.arn', value, rule: memberRules.policyArn }]),
    ...listViolations('transitiveTagKeys', transitiveTagKeys, (value) => [{ value, rule: memberRules.tagKey }]),
    ...listViolations('tags', tags, (tag) => [
      { suffix: '.key', value: tag.get('Key'), rule: memberRules.tagKey },
      { suffix: '.value', value: tag.get('Value'), rule: memberRules.tagValue },
    ]),
  ];
  if (violations.length > 0) {
    const count = violations.length === 1 ? '1 validation error' : `${violations.length} validation errors`;
    throw validationError(`${count} detected: ${violations.join('; ')}`);
  }
  return {
    text: (name) => form.get(name),
    required: (name) => form.get(name) ?? '',
    integer: (name) => integers.find((integer) => integer.name === name)?.value,
    policyArns,
    tags: tags.map((tag) => ({ key: tag.get('Key') ?? '', value: tag.get('Value') ?? '' })),
    transitiveTagKeys,
  };
}

function readInteger(text: string | undefined): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  if (text === '') {
    throw new AwsError('MalformedInput', 400, 'missing value for decimal type');
  }
  const value = Number.parseInt(text, 10);
  if (!/^[+-]?\d+$/.test(text) || value < -(2 ** 31) || value >= 2 ** 31) {
    throw new AwsError('MalformedInput', 400);
  }
  return value;
}

function violationsOf(field: string, value: string | undefined, rule: TextRule): string[] {
  if (value === undefined) {
    return rule.required ? [violation('null', field, 'Member must not be null')] : [];
  }
  const shown = `'${rule.secret ? '***' : value}'`;
  const length = [...value].length;
  const fits = rule.pattern === undefined || patterns[rule.pattern]?.test(value);
  return [
    ...(length < (rule.min ?? 0) ? [violation(shown, field, lengthText('greater', rule.min))] : []),
    ...(length > (rule.max ?? length) ? [violation(shown, field, lengthText('less', rule.max))] : []),
    ...(fits ? [] : [violation(shown, field, `Member must satisfy regular expression pattern: ${rule.pattern}`)]),
  ];
}

/** One text of a list member, with its path inside the member, such as `.key`. */
interface MemberText {
  readonly suffix?: string;
  readonly value: string | undefined;
  readonly rule: TextRule;
}

function listViolations<Member>(
  list: keyof typeof listLimits,
  members: readonly Member[],
  textsOf: (member: Member) => readonly MemberText[],
): string[] {
  const [count, limit] = [members.length, listLimits[list]];
  return [
    ...(count > limit ? [violation(`'[${count} members]'`, list, lengthText('less', limit))] : []),
    ...members.flatMap((member, index) =>
      textsOf(member).flatMap(({ suffix = '', value, rule }) =>
        violationsOf(`${list}.${index + 1}.member${suffix}`, value, rule),
      ),
    ),
  ];
}

interface ReadInteger {
  readonly name: string;
  readonly range: readonly [min: number, max: number];
  readonly value: number | undefined;
}

function rangeViolations({ name, range: [min, max], value }: ReadInteger): string[] {
  if (value === undefined) {
    return [];
  }
  const field = lowerCamel(name);
  if (value < min) {
    return [violation(`'${value}'`, field, valueText('greater', min))];
  }
  return value > max ? [violation(`'${value}'`, field, valueText('less', max))] : [];
}

function violation(shown: string, field: string, constraint: string): string {
  return `Value ${shown} at '${field}' failed to satisfy constraint: ${constraint}`;
}

function lengthText(side: 'greater' | 'less', limit: number | undefined): string {
  return `Member must have length ${side} than or equal to ${limit}`;
}

function valueText(side: 'greater' | 'less', limit: number): string {
  return `Member must have value ${side} than or equal to ${limit}`;
}

function lowerCamel(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
