import { describe, expect, it } from 'vitest';
import type { ReachedTarget } from '../../../src/domain/chain/outcome.js';
import { WalkFailed } from '../../../src/domain/chain/outcome.js';
import { explain } from '../../../src/domain/explain/explain.js';
import { parseIdentityArn, roleArn } from '../../../src/domain/identifiers/arn.js';
import { readRequest } from '../../../src/domain/request/read-request.js';
import { dryRunParts } from '../../../src/domain/summary/dry-run.js';
import { reachedSummary } from '../../../src/domain/summary/reached-summary.js';
import { dryRunSummary, failedSummary } from '../../../src/domain/summary/summary.js';
import { hopTo, roleIn, targetOf, walkedTo } from '../../support/example-chain.js';

const hub = hopTo(roleIn(1, 'ci-hub'));
const accountOf = (at: number) => String(200_000_000_000 + at);

function fleet(count: number, roleName = 'deploy'): readonly ReachedTarget[] {
  return Array.from({ length: count }, (_, at) => {
    const role = roleArn('aws', accountOf(at), { path: '/', name: roleName });
    return walkedTo(targetOf([hub, hopTo(role)], { name: `account-${at}-of-the-payments-team` }));
  });
}

const shown = (reached: readonly ReachedTarget[], masksAccountIds = false) =>
  reachedSummary(reached, { masksAccountIds });

/** The visible text, without the flowchart and the addresses of links. */
const prose = (text: string) => text.replace(/```mermaid[\s\S]*?```/, '').replace(/\]\([^)]*\)/g, ']');

const times = (text: string, words: string) => text.split(words).length - 1;

describe('the summary of reached targets', () => {
  it.each([1, 2, 10, 11, 25, 26, 300])(
    "shows each account once, and each target's name in its link: %i targets",
    (count) => {
      const text = shown(fleet(count));
      for (let at = 0; at < count; at += 1) {
        expect(times(prose(text), accountOf(at))).toBe(1);
        expect(text).toMatch(
          new RegExp(`\\[account-${at}-of-the-payments-team\\]\\(https:\\S+displayName=account-${at}-of`),
        );
      }
      expect(times(prose(text), '111111111111')).toBe(1);
    },
  );

  it('has one box for each account in the flowchart, with all its roles', () => {
    const roles = ['deploy', 'reader'].flatMap((name) => fleet(3, name));
    const [picture = ''] = /```mermaid[\s\S]*?```/.exec(shown(roles)) ?? [];
    expect(picture.match(/\d{12}/g)?.sort()).toEqual(['111111111111', ...[0, 1, 2].map(accountOf)]);
    expect(picture.match(/^ {2}subgraph /gm)).toHaveLength(picture.match(/^ {2}end$/gm)?.length ?? 0);
    expect(picture).toMatch(
      new RegExp(`subgraph a\\d\\["account ${accountOf(1)}"\\]\n +n\\d\\["deploy<.*\n +n\\d\\["reader<.*\n {2}end`),
    );
  });

  it.each([
    [10, 0, 1],
    [11, 1, 1],
    [25, 1, 1],
    [26, 1, 0],
  ])('of %i targets: %i folded parts, %i pictures', (count, folds, pictures) => {
    const text = shown(fleet(count));
    expect(times(text, '<details>')).toBe(folds);
    expect(times(text, '```mermaid')).toBe(pictures);
  });

  it('of a thousand is short, grouped, and complete', () => {
    const text = shown([...fleet(999), ...fleet(1, 'reader')]);
    expect(Buffer.byteLength(text)).toBeLessThan(256_000);
    expect(text).toContain('<summary>999 targets: deploy, session GitHubActions, 3600 s (1h)</summary>');
    expect(text).toContain('<summary>1 target: reader');
    expect(text.split('\n').filter((line) => line.startsWith('| ') && line.includes('switchrole'))).toHaveLength(1_000);
    expect(text).toMatch(/\| 1 \(1000 targets\) \| 111111111111 \| `ci-hub` \|/);
  });

  it('omits the links before it becomes too long, and never a target', () => {
    const long = fleet(1_000).map((one) => ({
      ...one,
      target: { ...one.target, name: `${one.target.name}-${'x'.repeat(60)}` },
    }));
    const text = shown(long);
    expect(Buffer.byteLength(text)).toBeLessThan(256_000);
    expect(text).not.toContain('switchrole');
    expect(text).toContain(accountOf(999));
  });

  it.each<[readonly string[], string | undefined, string]>([
    [
      ['deploy'],
      '42',
      'CloudTrail shows `deploy/GitHubActions` in userIdentity.arn, and the calls of this step with `run_id#42` in userAgent.',
    ],
    [
      ['deploy', 'reader'],
      undefined,
      'CloudTrail shows `deploy/GitHubActions`, `reader/GitHubActions` in userIdentity.arn.',
    ],
    [['a', 'b', 'c', 'd', 'e', 'f', 'g'], undefined, '`e/GitHubActions` and 2 more in userIdentity.arn.'],
  ])('says how CloudTrail names %j', (roles, runId, wanted) => {
    const reached = roles.flatMap((role) => fleet(2, role));
    expect(reachedSummary(reached, { masksAccountIds: false, ...(runId && { runId }) })).toContain(wanted);
  });

  it.each([
    ['aws', 'https://signin.aws.amazon.com/switchrole?'],
    ['aws-cn', 'https://signin.amazonaws.cn/switchrole?'],
    ['aws-us-gov', 'https://signin.amazonaws-us-gov.com/switchrole?'],
    ['aws-eusc', 'https://eusc-de-east-1.signin.amazonaws-eusc.eu/switchrole?'],
    ['aws-iso-f', 'https://us-isof-south-1.signin.csphome.hci.ic.gov/switchrole?'],
  ])('links to the console of %s', (partition, start) => {
    const role = roleArn(partition, '111111111111', { path: '/', name: 'deploy' });
    expect(shown([walkedTo(targetOf([hopTo(role)]))])).toContain(start);
  });

  it.each([
    ['minio', '111111111111'],
    ['aws', ''],
  ])('has no console link for a role of an STS of another vendor: partition %s, account %j', (partition, account) => {
    const role = roleArn(partition, account, { path: '/', name: 'deploy' });
    expect(shown([walkedTo(targetOf([hopTo(role)]))])).not.toContain('switchrole');
  });

  it('has headings of different sizes', () => {
    expect(new Set(shown(fleet(30)).match(/^#+/gm))).toEqual(new Set(['###', '####']));
  });

  it('shows no account ID when they are hidden', () => {
    expect(shown(fleet(30), true)).not.toMatch(/\d{12}/);
    expect(shown(fleet(3), true)).not.toMatch(/\d{12}|switchrole/);
  });

  it('shows the session name of an earlier step', () => {
    const baseIdentity = parseIdentityArn('arn:aws:sts::111111111111:assumed-role/ci-hub/build-7');
    const text = shown(fleet(1).map((one) => ({ ...one, baseIdentity })));
    expect(text).toMatch(/subgraph a1\["account 111111111111"\]\n +n1\(\["[^"]*<br>ci-hub<br>session build-7"\]\)/);
  });
});

describe('the summary of a thousand failed targets, and of a dry run for them', () => {
  const failed = fleet(1_000).map(({ target, sessions }) => {
    const [session] = sessions;
    const hop = target.hops[1];
    if (session === undefined || hop === undefined) {
      throw new Error('no hops');
    }
    const message = `User: x is not authorized to perform: sts:AssumeRole on resource: ${'arn' in hop.role && hop.role.arn}`;
    const failure = { operation: 'AssumeRole', code: 'AccessDenied', status: 403, message, attempts: 1 };
    return { target, sessions: [session], hop, caller: session.identity, failure };
  });

  const partsOf = (stops: typeof failed) =>
    explain(new WalkFailed(stops), { hasIdToken: true, scrub: (text) => text }).parts;

  it('is short and names each target once', () => {
    const text = failedSummary(partsOf(failed), failed);
    expect(Buffer.byteLength(text)).toBeLessThan(256_000);
    expect(text).toContain('account-999-of-the-payments-team');
    expect(times(text, 'Likely causes')).toBe(1);
  });

  it('shows as many as possible when every failure differs', () => {
    const apart = failed.map((one, at) => ({ ...one, failure: { ...one.failure, code: `Code${'x'.repeat(at)}` } }));
    const text = failedSummary(partsOf(apart), apart);
    expect(Buffer.byteLength(text)).toBeLessThan(256_000);
    expect(text).toMatch(/^### 1000 targets failed/);
    expect(times(text, 'Likely cause')).toBe(10);
  });

  it('plans each role once, and each policy once', () => {
    const lines = fleet(1_000).map(
      ({ target }, at) =>
        `${target.name}: [${'arn:aws:iam::111111111111:role/ci-hub'}, "arn:aws:iam::${accountOf(at)}:role/deploy"]`,
    );
    const request = readRequest({
      inputs: { 'dry-run': 'true', targets: lines.join('\n') },
      environment: {},
    });
    const text = dryRunSummary(dryRunParts(request, {}), request.targets);
    expect(Buffer.byteLength(text)).toBeLessThan(256_000);
    expect(times(text, '"sts:AssumeRoleWithWebIdentity"')).toBe(1);
    expect(times(text, `arn:aws:iam::${accountOf(500)}:role/deploy`)).toBe(3);
    expect(text).toContain('Trust policy of each of these 1000 roles');
  });
});

describe('a dry run', () => {
  const planOf = (inputs: Record<string, string>, environment: Record<string, string> = {}) => {
    const request = readRequest({ inputs: { 'dry-run': 'true', ...inputs }, environment });
    return dryRunSummary(dryRunParts(request, environment), request.targets);
  };
  const run = { GITHUB_REPOSITORY: 'o/r', GITHUB_REPOSITORY_ID: '2', GITHUB_EVENT_NAME: 'pull_request' };

  it('for a pull request warns before the policy, and uses the ID of the repository', () => {
    const text = planOf({ 'role-to-assume': 'arn:aws:iam::111111111111:role/x' }, run);
    expect(text.indexOf('every pull request')).toBeGreaterThan(0);
    expect(text.indexOf('every pull request')).toBeLessThan(text.indexOf('"Statement"'));
    expect(text).toContain('"token.actions.githubusercontent.com:repository_id": "2"');
  });

  it('says at each statement without a Condition that an existing Condition must be kept', () => {
    const [first, second] = ['arn:aws:iam::222222222222:role/x', 'arn:aws:iam::222222222222:role/y'];
    const guarded = `  - role-to-assume: ${second}\n    role-external-id: partner-42`;
    const text = planOf({ 'role-chain': `  - ${first}hub\n  - ${first}\n${guarded}` });
    const blocks = text.split('```json\n');
    const unguarded = blocks.filter((block) => /"AWS"[^{]+\}?,?\n +"Action": "sts:AssumeRole"\n/.test(block));
    expect(unguarded).toHaveLength(1);
    for (const block of unguarded) {
      const before = blocks[blocks.indexOf(block) - 1]?.trimEnd().split('\n').at(-1) ?? '';
      expect(before.replaceAll('\\', '')).toMatch(
        /only if no statement .* names arn:aws:iam::222222222222:role\/xhub yet/,
      );
      expect(before).toContain('keep its Condition');
    }
  });

  it('never prints a statement that bypasses the external ID of another', () => {
    const role = 'arn:aws:iam::222222222222:role/x';
    const guarded = `    - ${role}hub\n    - role-to-assume: ${role}\n      role-external-id: partner-42`;
    const text = planOf({ targets: `a:\n${guarded}\nb: [${role}hub, ${role}]` });
    const statements = text.match(/"Action": "sts:AssumeRole",\n +"Condition"/g);
    expect(statements).toHaveLength(1);
    expect(text).toContain('without an external ID');
    expect(text.indexOf('would bypass it')).toBeLessThan(text.indexOf('"Statement"'));
    expect(
      text.match(/"AWS": "arn:aws:iam::222222222222:role\/xhub"\n +\},\n +"Action": "sts:AssumeRole"\n/),
    ).toBeNull();
  });
});
