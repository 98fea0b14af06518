import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inputNames } from '../../../src/domain/input/input-names.js';
import { reportMisspelt, unknownWarning, withMisspelt } from '../../../src/domain/input/unknown-inputs.js';
import { reported } from '../../support/reported.js';

const problemsOf = (...names: readonly string[]) =>
  reported((places) => reportMisspelt(Object.fromEntries(names.map((name) => [name, 'x'])), places)).problems;

describe('a misspelt input is an error that quotes it and names the input', () => {
  it.each([
    ['allowed-account-id', 'allowed-account-ids'],
    ['allowed_account_ids', 'allowed-account-ids'],
    ['dry_run', 'dry-run'],
    ['dryrun', 'dry-run'],
    ['dry-runs', 'dry-run'],
    ['output-env-credential', 'output-env-credentials'],
    ['role-chian', 'role-chain'],
    ['role-chains', 'role-chain'],
    ['role-chainin', 'role-chaining'],
    ['role_to_assume', 'role-to-assume'],
    ['role-ot-assume', 'role-to-assume'],
    ['target', 'targets'],
    ['tragest', 'targets'],
    ['managed-session-policy', 'managed-session-policies'],
    ['inline-session-policies', 'inline-session-policy'],
    ['custom-tag', 'custom-tags'],
    ['https-proxy', 'http-proxy'],
    ['noproxy', 'no-proxy'],
    ['mask-aws-acount-ids', 'mask-aws-account-id'],
    ['aws-regoin', 'aws-region'],
    ['refesh', 'refresh'],
  ])('%s: %s', (name, meant) => {
    expect(problemsOf(name)).toEqual([
      { where: name, what: `'${name}' is not an input of this action`, fix: `Write it as ${meant}` },
    ]);
  });

  it('after one or two typing mistakes', () => {
    const slip = fc.constantFrom<(word: string, at: number) => string>(
      (word, at) => word.slice(0, at) + word.slice(at + 1),
      (word, at) => `${word.slice(0, at)}x${word.slice(at)}`,
      (word, at) => `${word.slice(0, at)}x${word.slice(at + 1)}`,
      (word, at) => `${word.slice(0, at)}${word[at + 1] ?? ''}${word[at] ?? ''}${word.slice(at + 2)}`,
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...inputNames),
        fc.array(fc.tuple(slip, fc.nat()), { maxLength: 2 }),
        (name, slips) => {
          const written = slips.reduce((word, [make, at]) => make(word, at % word.length), name as string);
          fc.pre(!(inputNames as readonly string[]).includes(written));
          expect(problemsOf(written)).toHaveLength(1);
        },
      ),
    );
  });
});

describe('a name that is not similar to an input is not an error', () => {
  const wrappers = ['action', 'with', 'command', 'attempt-limit', 'attempt-delay', 'timeout-minutes', 'max-attempts'];
  const parts = ['role', 'chain', 'region', 'proxy', 'account', 'tags', 'profile', 'session', 'credentials', 'policy'];

  it.each([...wrappers, ...parts, 'shell', 'retry-on', 'steps-context', 'env-context', 'aws', 'name', 'stage'])(
    '%s',
    (name) => {
      expect(problemsOf(name)).toEqual([]);
    },
  );

  it('but one warning lists all of them', () => {
    expect(unknownWarning({ action: 'x', dry_run: 'true', with: 'y' })).toBe(
      "This action has no inputs 'action', 'with'; what is given there has no effect.",
    );
    expect(unknownWarning({ dry_run: 'true' })).toBeUndefined();
    const parts = { 'external-id': 'x', region: 'y', 'allowed-accounts': 'z', role: 'r', shell: 's' };
    expect(unknownWarning(parts)).toMatch(
      /no effect\. Did you mean role-external-id, aws-region, allowed-account-ids\?$/,
    );
    expect(unknownWarning({})).toBeUndefined();
  });
});

it('a misspelt input is read as the intended one, unless that is also given', () => {
  expect(withMisspelt({ 'dry-run': 'false' }, { dry_run: 'true', other: 'x' })).toEqual({ 'dry-run': 'true' });
  const given = { 'mask-aws-account-id': 'true' };
  expect(withMisspelt(given, { mask_aws_account_id: 'false' })).toEqual(given);
});
