import { listOf, mapOf, numberBetween, objectOf, oneOf, type Rule, textLike, valueThat } from '../world/rules.js';

/** Faults that inject an AWS error without further options. */
export const plainErrors = [
  'throttle',
  'internal-error',
  'unavailable',
  'idp-communication',
  'verification-key',
  'access-denied',
  'invalid-client-token',
  'region-disabled',
  'expired-web-token',
] as const;

/** An AWS error instead of the real answer. */
export type ErrorFault =
  | { readonly kind: (typeof plainErrors)[number] }
  /** `percent` gives the text of STS before September 2026, `bytes` the current one. */
  | { readonly kind: 'packed-too-large'; readonly percent?: number; readonly bytes?: number }
  | { readonly kind: 'error'; readonly code: string; readonly status: number; readonly message?: string };

/** Another answer instead of the real one. */
export type ReplyFault =
  | { readonly kind: 'redirect' | 'malformed' | 'empty' }
  /** Any HTTP answer, such as status 408 or a proxy's error page. */
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** The real answer with changes: XML elements or JSON members by name, headers by name; `null` removes one. */
export interface AlteredFault {
  readonly kind: 'altered';
  readonly elements?: Readonly<Record<string, string | null>>;
  readonly headers?: Readonly<Record<string, string | null>>;
}

/** A fault of the connection; times in milliseconds. */
export type ConnectionFault =
  | { readonly kind: 'latency'; readonly ms: number }
  /** `stall` sends nothing; `stall-body` sends the headers and the beginning of the body. */
  | { readonly kind: 'stall' | 'stall-body' }
  /** Resets the connection instead of answering. */
  | { readonly kind: 'reset' }
  /** Ends the connection after this many bytes of the body (default: half of it), with FIN or, if `reset`, with RST. */
  | { readonly kind: 'cut'; readonly bytes?: number; readonly reset?: boolean }
  /** Sends the real answer one byte at a time, every `ms`. */
  | { readonly kind: 'drip'; readonly ms: number }
  /** The real answer, padded with spaces to this size. */
  | { readonly kind: 'huge'; readonly bytes: number }
  /** This text instead of an HTTP answer. */
  | { readonly kind: 'raw'; readonly text: string };

/** A fault. */
export type Fault = ErrorFault | ReplyFault | AlteredFault | ConnectionFault;

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

/**
 * A fault and the requests that it applies to: those of this operation and role, `first` of them (default 1) after
 * skipping `after`.
 */
export interface FaultRule {
  readonly operation: string;
  readonly first?: number;
  readonly after?: number;
  readonly roleArn?: string;
  readonly fault: Fault;
}

const text = textLike('a text', /^/);
const flag = valueThat('true or false', {}, (value) => typeof value === 'boolean');
const count = numberBetween(0, 1_000_000, 'requests');
const bytes = numberBetween(0, 100_000_000, 'bytes');
const milliseconds = numberBetween(0, 2_147_483_647, 'milliseconds');
const status = numberBetween(200, 599, 'an HTTP status');
const textOrNull = valueThat('a text or null', {}, (value) => value === null || typeof value === 'string');

/** The required and optional members of each kind. */
const kinds: Readonly<Record<string, { readonly needs?: Record<string, Rule>; readonly may?: Record<string, Rule> }>> =
  {
    ...Object.fromEntries(
      [...plainErrors, 'redirect', 'malformed', 'empty', 'stall', 'stall-body', 'reset'].map((kind) => [kind, {}]),
    ),
    'packed-too-large': { may: { percent: numberBetween(101, 10_000, 'percent'), bytes } },
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
