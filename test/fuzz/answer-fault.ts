import { type FaultRule, plainErrors } from '../../emulator/server/fault.js';
import type { Random } from './random.js';
import { asVariable, strangeText } from './texts.js';

const operations = [
  '*',
  'AssumeRole',
  'AssumeRoleWithWebIdentity',
  'GetIdToken',
  'GetCallerIdentity',
  'GetContainerCredentials',
  'GetInstanceMetadata',
] as const;

const elements = [
  'Arn',
  'AssumedRoleId',
  'Account',
  'Expiration',
  'AccessKeyId',
  'SecretAccessKey',
  'SessionToken',
  'PackedPolicySize',
  'SourceIdentity',
  'SubjectFromWebIdentityToken',
  'value',
  'Code',
  'Token',
] as const;
const values = [
  null,
  '',
  '-1',
  '1970-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2026-13-45T99:99:99Z',
  'arn:aws:sts::999999999999:assumed-role/other/GitHubActions',
  'arn:aws:sts::222222222222:assumed-role/deploy/other',
  '999999999999',
  'e30.e30.e30',
] as const;
const headers = [
  'content-type',
  'content-length',
  'date',
  'content-encoding',
  'location',
  'retry-after',
  'x-amzn-requestid',
];
const statuses = [
  200, 204, 206, 301, 302, 304, 307, 400, 401, 403, 404, 407, 408, 413, 429, 500, 502, 503, 504, 511, 599,
];
const raw = [
  '',
  '\r\n\r\n',
  'HTTP/1.1',
  'HTTP/1.1 200 OK\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFF\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde',
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n',
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nx',
  'HTTP/1.1 999 \x1b[2K::error::x\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc',
  'SSH-2.0-OpenSSH_9.6\r\n',
  '::error title=evil::obeyed\r\n',
] as const;

const milliseconds = (random: Random) => random.one([1, 50, 500, 5_000]);

type Fault = FaultRule['fault'];

/** A random fault of each kind. */
const kinds: Readonly<Record<string, (random: Random) => Fault>> = {
  plain: (random) => ({ kind: random.one(plainErrors) }),
  error: (random) => ({
    kind: 'error',
    code: random.chance(0.5) ? 'AccessDenied' : inXml(strangeText(random)).slice(0, 300) || 'x',
    status: random.one(statuses.filter((status) => status >= 400)),
    message: inXml(strangeText(random)),
  }),
  reply: (random) => ({
    kind: 'reply',
    status: random.one(statuses.filter((status) => status !== 204 && status !== 304)),
    body: asVariable(strangeText(random)),
    headers: {
      [random.one(headers.filter((name) => name !== 'content-length'))]: random.one([
        'text/xml',
        'gzip',
        '5',
        'application/json',
        'http://127.0.0.1:9/',
      ]),
    },
  }),
  altered: (random) => ({
    kind: 'altered',
    elements: {
      [random.one(elements)]: random.chance(0.7) ? random.one(values) : inXml(strangeText(random)).slice(0, 2_000),
    },
  }),
  'without a header': (random) => ({ kind: 'altered', headers: { [random.one(headers)]: null } }),
  still: (random) => ({ kind: random.one(['stall', 'stall-body'] as const) }),
  broken: (random) => ({ kind: random.one(['reset', 'malformed', 'empty', 'redirect'] as const) }),
  cut: (random) => ({ kind: 'cut', bytes: random.below(900), reset: random.chance(0.5) }),
  slow: (random) =>
    random.chance(0.5) ? { kind: 'latency', ms: milliseconds(random) } : { kind: 'drip', ms: milliseconds(random) },
  huge: (random) => ({ kind: 'huge', bytes: random.one([10_000, 1_000_000, 30_000_000]) }),
  raw: (random) => ({ kind: 'raw', text: random.one(raw) }),
};

/** Removes the control characters that XML does not allow. */
function inXml(text: string): string {
  return asVariable(text).replace(/[^\P{Cc}\t\n\r\u0085]|\p{Cs}/gu, '');
}

/** A random fault of a server's answers, with its kind. */
export function answerFault(random: Random): { readonly kind: string; readonly rule: FaultRule } {
  const kind = random.one(Object.keys(kinds));
  const fault = kinds[kind]?.(random) as Fault;
  const rule = {
    operation: random.one(operations),
    first: random.one([1, 1, 2, 50]),
    after: random.one([0, 0, 0, 1, 2]),
    fault,
  };
  return { kind: `answer: ${kind}`, rule };
}
