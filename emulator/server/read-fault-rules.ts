import {
  flag,
  integerBetween,
  listOf,
  mapOf,
  objectOf,
  oneOf,
  type Rule,
  textLike,
  valueThat,
} from '../world/rules.js';
import { type FaultRule, plainErrors } from './fault.js';

/** The operations that a fault can apply to; `*` means all. */
const operations: readonly string[] = [
  '*',
  'AssumeRole',
  'AssumeRoleWithWebIdentity',
  'AssumeRoleWithSAML',
  'GetCallerIdentity',
  'GetSessionToken',
  'GetIdToken',
  'GetContainerCredentials',
  'GetInstanceMetadata',
];

const text = textLike('a text', /^/);
const count = integerBetween(0, 1_000_000, 'requests');
const bytes = integerBetween(0, 100_000_000, 'bytes');
const milliseconds = integerBetween(0, 2_147_483_647, 'milliseconds');
const status = integerBetween(200, 599, 'an HTTP status');
const textOrNull = valueThat('a text or null', {}, (value) => value === null || typeof value === 'string');

/** The required and optional members of each kind. */
const kinds: Readonly<Record<string, { readonly needs?: Record<string, Rule>; readonly may?: Record<string, Rule> }>> =
  {
    ...Object.fromEntries(
      [...plainErrors, 'redirect', 'malformed', 'empty', 'stall', 'stall-body', 'reset'].map((kind) => [kind, {}]),
    ),
    'packed-too-large': { may: { percent: integerBetween(101, 10_000, 'percent'), bytes } },
    error: { needs: { code: text, status }, may: { message: text } },
    reply: { needs: { status }, may: { body: text, headers: mapOf(text, /^[\w-]+$/, 'a header') } },
    altered: {
      may: { elements: mapOf(textOrNull, /^\w+$/, 'an element'), headers: mapOf(textOrNull, /^[\w-]+$/, 'a header') },
    },
    latency: { needs: { ms: milliseconds } },
    cut: { may: { bytes, reset: flag } },
    drip: { needs: { ms: milliseconds } },
    huge: { needs: { bytes } },
    raw: { needs: { text } },
  };

/** The names of the fault kinds. */
export const faultKinds: readonly string[] = Object.keys(kinds);

const faultRule: Rule = {
  schema: {},
  check(value, path) {
    const kind = String((value as { kind?: unknown } | null)?.kind);
    const { needs = {}, may = {} } = (Object.hasOwn(kinds, kind) ? kinds[kind] : undefined) ?? {};
    const member =
      (required: boolean) =>
      ([name, rule]: [string, Rule]) => [name, { rule, required, description: '' }];
    return objectOf({
      kind: { rule: oneOf(...faultKinds), required: true, description: '' },
      ...Object.fromEntries([...Object.entries(needs).map(member(true)), ...Object.entries(may).map(member(false))]),
    }).check(value, path);
  },
};

const rules = listOf(
  objectOf({
    operation: { rule: oneOf(...operations), required: true, description: '' },
    fault: { rule: faultRule, required: true, description: '' },
    first: { rule: count, description: '' },
    after: { rule: count, description: '' },
    roleArn: { rule: text, description: '' },
  }),
);

/** Parses one fault rule or a list of them. Throws an Error that lists every problem. */
export function readFaultRules(value: unknown): readonly FaultRule[] {
  const list = Array.isArray(value) ? value : [value];
  const problems = rules.check(list, []);
  if (problems.length === 0) {
    return list as FaultRule[];
  }
  throw new Error(problems.map(({ path, text: problem }) => `${['rule', ...path].join('.')}: ${problem}`).join('; '));
}
