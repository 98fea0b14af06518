import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createScrubber } from '../../../src/domain/secrets/scrub.js';
import { echoes } from '../../support/echoes.js';

/** Random, so that the repository contains no secret, and no part of one equals a word. */
const random = (bytes: number) =>
  randomBytes(bytes)
    .toString('base64')
    .replaceAll('=', '')
    .replace(/[a-z]{4}/g, (run) => `${run.slice(1)}7`);
const secrets = {
  'a secret key': `wJalr+/${random(24)}`,
  'a session token': `IQoJb3JpZ2luX2Vj${random(300)}==`,
  'an ID token': `eyJhbGciOiJSUzI1NiJ9.${randomBytes(120).toString('base64url')}.${randomBytes(60).toString('base64url')}`,
  'a request token': randomBytes(32).toString('hex'),
  'a password': 'p@ss:w/rd&7',
} as const;

const scrubbing = (...known: readonly string[]) => {
  const scrubber = createScrubber();
  scrubber.add(known);
  return scrubber.scrub;
};

/** The longest part of a secret in a text, ignoring whitespace. */
function longestPart(secret: string, text: string): number {
  const plain = text.replace(/\s/g, '');
  let longest = 0;
  for (let start = 0; start < secret.length; start += 1) {
    while (start + longest < secret.length && plain.includes(secret.slice(start, start + longest + 1))) {
      longest += 1;
    }
  }
  return longest;
}

describe.each(Object.entries(secrets))('%s', (_, secret) => {
  test.each(Object.entries(echoes))('is removed from a text that repeats it %s', (_name, { write, read }) => {
    const scrub = scrubbing('another-secret-0123456789', secret);
    const scrubbed = scrub(`AccessDenied: «${write(secret)}» is not allowed.`);
    expect(scrubbed).toMatch(/^AccessDenied: «.*\*\*\*.*» is not allowed\.$/s);
    expect(longestPart(secret, read(scrubbed))).toBeLessThan(8);
  });
});

describe('a text', () => {
  const scrub = scrubbing(...Object.values(secrets), 'word-like-request-token', 'abc');

  test.each([
    'User: arn:aws:sts::111111111111:assumed-role/ci-hub/GitHubActions is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::222222222222:role/deploy',
    'The proxy requires a user name and password: http://proxy.example.com:3128',
    'Give all three of aws-access-key-id, aws-secret-access-key and aws-session-token for temporary keys.',
    'aws_secret_access_key: keys in the file are an error',
    'The request token of the job, ACTIONS_ID_TOKEN_REQUEST_TOKEN, is word-like.',
    'Basic authentication failed. Bearer authentication too. Action=none',
    '100 % of a & b &copy; \\d %zz &#99999999; &unknown; \\',
    '',
  ])('without a secret is unchanged: %s', (text) => {
    expect(scrub(text)).toBe(text);
  });

  test('loses each secret once, and adjacent ones together', () => {
    const key = secrets['a secret key'];
    expect(scrub(`${key}${key} and ${key}.`)).toBe('*** and ***.');
  });

  test.each<readonly [string, string, string]>([
    [
      'a signature',
      'header: AWS4-HMAC-SHA256 Credential=AKIA/20261126/eu/sts/aws4_request, SignedHeaders=host;x-amz-date, Signature=0123abcd was wrong',
      'header: *** was wrong',
    ],
    [
      'a signature in JSON',
      '"AWS4-HMAC-SHA256 Credential\\u003dAKIA\\/20261126/sts, SignedHeaders\\u003dhost, Signature\\u003d0123abcd"',
      '"***"',
    ],
    [
      'a signature in base64',
      `x ${Buffer.from('AWS4-HMAC-SHA256 Credential=AKIA/2026/sts, SignedHeaders=host, Signature=0123abcd').toString('base64')} y`,
      'x *** y',
    ],
    ['a request in base64', `x ${Buffer.from('Action=AssumeRole&Version=2011-06-15').toString('base64')} y`, 'x *** y'],
    ['a request', 'body Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam&ExternalId=a b.', 'body *** b.'],
    [
      'an encoded request',
      'body Action%3DAssumeRole%26Version%3D2011-06-15%26WebIdentityToken%3Dx, and',
      'body ***, and'.replace(',', ''),
    ],
    ['a bearer', 'Authorization: Bearer 0123456789abcdef and', 'Authorization: *** and'.replace('***', 'Bearer ***')],
    ['an unknown JWT', 'token eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln is', 'token *** is'],
    [
      'an unknown JWT in base64',
      `token ${Buffer.from('eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln').toString('base64')} is`,
      'token ***== is',
    ],
    ['an assertion', 'saml <saml2:Assertion ID="x"><a>b</a></saml2:Assertion> end', 'saml *** end'],
    ['a field', '{"SecretAccessKey": "Q29udGFpbmVyS2V5U2VjcmV0", "x": 1}', '{"SecretAccessKey": "***", "x": 1}'],
    [
      'what V8 quotes',
      `Unexpected token 'A', "AKIA secret" is not valid JSON`,
      `Unexpected token 'A', *** is not valid JSON`,
    ],
  ])('loses %s that was never registered', (_, text, expected) => {
    expect(createScrubber().scrub(text)).toBe(expected);
  });

  test('of any kind is scrubbed in linear time', () => {
    const hostile = [
      '%25'.repeat(50_000),
      '\\u0041'.repeat(25_000),
      'a"'.repeat(50_000),
      'Action=&'.repeat(20_000),
      `${'Action='.repeat(20_000)}&`,
      `${'a'.repeat(99_999)}A`,
      'AWS4-HMAC Credential=a,'.repeat(5_000),
      '<Assertion '.repeat(10_000),
      'AWS4-'.repeat(40_000),
      'SessionToken="'.repeat(16_000),
      'aws_session_token='.repeat(10_000),
    ];
    const started = performance.now();
    for (const text of hostile) {
      scrub(text);
    }
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('of ASCII is scrubbed like one with other characters', () => {
    const piece = fc.constantFrom(
      '%41',
      '\\n',
      '\\u{41}',
      '&#65;',
      '&amp;',
      '\x7f',
      '\0',
      '\t',
      ...Object.values(secrets),
    );
    const ascii = fc.array(fc.oneof(piece, fc.string({ unit: 'binary-ascii' }))).map((pieces) => pieces.join(''));
    const property = fc.property(ascii, (text) => {
      expect(scrub(`${text} é`)).toBe(`${scrub(`${text} e`).slice(0, -1)}é`);
    });
    fc.assert(property);
  });

  test('never shows 8 characters of a secret, wherever it was cut', () => {
    const token = secrets['a session token'];
    const property = fc.property(fc.nat(token.length), fc.nat(token.length), fc.string(), (one, other, around) => {
      const part = token.slice(Math.min(one, other), Math.max(one, other));
      expect(longestPart(token, scrub(`${around} ${part} ${around}`))).toBeLessThan(8);
    });
    fc.assert(property, { numRuns: 300 });
  });
});

test('a text of many secrets with the same beginning is scrubbed in linear time', () => {
  const ids = Array.from({ length: 50_000 }, (_, index) => String(100_000_000_000 + index));
  const scrubber = createScrubber();
  scrubber.add(ids);
  const started = performance.now();
  expect(scrubber.scrub(`${ids.join(' ')} end`)).toMatch(/^\*\*\*( \*\*\*)* end$|^\*\*\* end$/);
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('many secrets need little memory and time', () => {
  const scrubber = createScrubber();
  const started = performance.now();
  for (let index = 0; index < 1_000; index += 1) {
    scrubber.add([random(15), random(30), `IQoJb3JpZ2luX2Vj${random(700)}`]);
  }
  for (let index = 0; index < 1_000; index += 1) {
    scrubber.scrub(`Hop 2 of 2 (target-${index}): arn:aws:iam::111111111111:role/deploy`);
  }
  expect(performance.now() - started).toBeLessThan(4_000);
});
