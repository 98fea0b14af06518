import {
  flag,
  integerBetween,
  listOf,
  type Member,
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

const needed = (rule: Rule): Member => ({ rule, required: true });

/** The members of each kind of fault, besides `kind`. */
const kinds: Readonly<Record<string, Readonly<Record<string, Member>>>> = {
  ...Object.fromEntries(
    [...plainErrors, 'redirect', 'malformed', 'empty', 'stall', 'stall-body', 'reset'].map((kind) => [kind, {}]),
  ),
  'packed-too-large': { percent: { rule: integerBetween(101, 10_000, 'percent') }, bytes: { rule: bytes } },
  error: { code: needed(text), status: needed(status), message: { rule: text } },
  reply: { status: needed(status), body: { rule: text }, headers: { rule: mapOf(text, /^[\w-]+$/, 'a header') } },
  altered: {
    elements: { rule: mapOf(textOrNull, /^\w+$/, 'an element') },
    headers: { rule: mapOf(textOrNull, /^[\w-]+$/, 'a header') },
  },
  latency: { ms: needed(milliseconds) },
  cut: { bytes: { rule: bytes }, reset: { rule: flag } },
  drip: { ms: needed(milliseconds) },
  huge: { bytes: needed(bytes) },
  raw: { text: needed(text) },
};

/** The names of the fault kinds. */
export const faultKinds: readonly string[] = Object.keys(kinds);

const faultRule: Rule = {
  schema: {},
  check(value, path) {
    const kind = String((value as { kind?: unknown } | null)?.kind);
    const members = Object.hasOwn(kinds, kind) ? kinds[kind] : {};
    return objectOf({ kind: needed(oneOf(...faultKinds)), ...members }).check(value, path);
  },
};

const rules = listOf(
  objectOf({
    operation: needed(oneOf(...operations)),
    fault: needed(faultRule),
    first: { rule: count },
    after: { rule: count },
    roleArn: { rule: text },
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
