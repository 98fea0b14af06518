import { describe, expect, it } from 'vitest';
import type { CallFailure } from '../../../src/domain/calls/call-failure.js';
import type { BaseIdentity } from '../../../src/domain/chain/base-identity.js';
import type { Hop } from '../../../src/domain/chain/hop.js';
import { type FailedTarget, WalkFailed } from '../../../src/domain/chain/outcome.js';
import type { Target } from '../../../src/domain/chain/target.js';
import { type Explanation, explain } from '../../../src/domain/explain/explain.js';
import { parseIdentityArn, roleArn } from '../../../src/domain/identifiers/arn.js';
import type { PolicyDocument } from '../../../src/domain/needed-policies/policy-document.js';
import { markdown } from '../../../src/domain/rendering/markdown.js';
import { hopTo, roleIn, sessionOf, targetOf } from '../../support/example-chain.js';

const hub = hopTo(roleIn(1, 'ci-hub'));
const job: BaseIdentity = { kind: 'oidc', requestUrl: 'http://localhost/', requestToken: 'x', audience: 'sts' };

function denied(role: string, words: Partial<CallFailure> = {}): CallFailure {
  const message = `User: arn:aws:sts::111111111111:assumed-role/ci-hub/GitHubActions is not authorized to perform: sts:AssumeRole on resource: ${role}`;
  return {
    operation: 'AssumeRole',
    code: 'AccessDenied',
    status: 403,
    attempts: 1,
    requestId: 'r-1',
    message,
    ...words,
  };
}

/** A second hop that AWS denied. */
function refused({
  digits = '222222222222',
  hop = {},
  failure = {},
  target = {},
}: {
  digits?: string;
  hop?: Partial<Hop>;
  failure?: Partial<CallFailure>;
  target?: Partial<Target>;
} = {}): FailedTarget {
  const role = roleArn('aws', digits, { path: '/', name: 'deploy' });
  const last = hopTo(role, hop);
  const session = sessionOf(hub);
  return {
    target: targetOf([hub, last], { base: job, ...target }),
    sessions: [session],
    hop: last,
    caller: session.identity,
    failure: denied(role.arn, failure),
  };
}

/** A first hop that AWS denied. */
function refusedFirst(words: Partial<FailedTarget> = {}, base: BaseIdentity = job): FailedTarget {
  return { target: targetOf([hub], { base }), sessions: [], hop: hub, failure: denied('x'), ...words };
}

const explained = (failed: readonly FailedTarget[], hasIdToken = true) =>
  explain(new WalkFailed(failed), { hasIdToken, scrub: (text: string) => text });

const policiesOf = ({ parts }: Explanation) =>
  parts.flatMap((part) => (part.kind === 'json' ? [part.value as PolicyDocument] : []));

describe("AWS's authorization ID", () => {
  const id = 'EXAMPLE1a2b3c4d5e6f7g8h9i0j';
  const link = `https://us-east-1.console.aws.amazon.com/iam/home?region=us-east-1#/authorization-details/${id}`;
  const sentence = `Go to ${link} for complete details, or call the GetRequestAuthorizationDetails API with the following authorization id: ${id}`;
  const words = { message: `${denied('arn:aws:iam::222222222222:role/deploy').message}. ${sentence}` };

  it('comes first in the annotation, complete, and first in the log', () => {
    const { summary, story } = explained([refused({ failure: words })]);
    expect(summary).toMatch(new RegExp(`^Authorization ID ${id}: \\S+\\n`));
    expect(summary.split('\n')[0]).toContain(link);
    expect(story.split('\n').slice(1, 6).join('\n')).toContain(link);
  });

  it('is never cut, however long the message is and however many targets failed', () => {
    const long = { message: `${'x'.repeat(5_000)}. ${sentence}` };
    const failed = Array.from({ length: 300 }, (_, at) =>
      refused({ digits: String(300_000_000_000 + at), failure: long, target: { name: `target-${at}` } }),
    );
    const { summary } = explained(failed);
    expect(summary.startsWith(`Authorization ID ${id}: ${link}\n`)).toBe(true);
    expect(summary.length).toBeLessThanOrEqual(1_000);
  });

  it('is the first advice, and the text does not say that AWS gives no reason', () => {
    const { story } = explained([refused({ failure: words })]);
    expect(story).toMatch(new RegExp(`What to do:\\n {2}- First open the AWS link .*--authorization-id ${id}`));
    expect(story).toContain('The link names the check that failed');
    expect(story).not.toContain('does not say which');
  });

  it('may have no link', () => {
    const { summary } = explained([refused({ failure: { message: `No. authorization id: ${id}` } })]);
    expect(summary).toMatch(new RegExp(`^Authorization ID ${id}\\n`));
  });
});

describe('many targets that fail in the same way', () => {
  const thirty = Array.from({ length: 30 }, (_, at) =>
    refused({ digits: String(300_000_000_000 + at), target: { name: `spoke-${at}` } }),
  );

  it('have one explanation, which names each of them, and one policy for the hub', () => {
    const explanation = explained(thirty);
    const [trust, own, ...more] = policiesOf(explanation);
    expect(more).toEqual([]);
    expect(trust?.Statement).toHaveLength(1);
    expect(own?.Statement[0]?.Resource).toHaveLength(30);
    for (const { target } of thirty) {
      expect(explanation.story).toContain(target.name);
    }
    expect(explanation.story.split('\n').length).toBeLessThan(150);
    expect(explanation.title).toBe('30 targets failed: spoke-0, spoke-1, spoke-2, spoke-3, spoke-4 and 25 more');
    expect(explanation.summary).toContain('Hop 2 of 2 (30 targets)');
    expect(explanation.summary.split('\n')).toHaveLength(1);
  });

  it('are explained separately when anything but the account differs', () => {
    const other = refused({ hop: { externalId: 'partner-42' }, target: { name: 'other' } });
    const busy = refused({ failure: { code: 'Throttling', message: 'Rate exceeded' }, target: { name: 'busy' } });
    const { story } = explained([...thirty, other, busy]);
    expect(story.match(/^-- Hop 2 of 2 .*/gm)).toEqual([
      '-- Hop 2 of 2 (30 targets): AWS refused this hop --',
      '-- Hop 2 of 2 (other): AWS refused this hop --',
      '-- Hop 2 of 2 (busy): AWS throttled the call --',
    ]);
  });

  it('also have one explanation when each account is entered with the token itself', () => {
    const claims = {
      iss: 'https://token.actions.githubusercontent.com',
      aud: 'sts',
      sub: 'repo:o/r:ref:refs/heads/main',
    };
    const failed = Array.from({ length: 20 }, (_, at) => {
      const role = roleArn('aws', String(300_000_000_000 + at), { path: '/', name: 'deploy' });
      const hop = hopTo(role, { operation: 'AssumeRoleWithWebIdentity' });
      const message = 'Not authorized to perform sts:AssumeRoleWithWebIdentity';
      const failure = denied(role.arn, { operation: 'AssumeRoleWithWebIdentity', message });
      return { target: targetOf([hop], { base: job, name: `t${at}` }), sessions: [], hop, failure, claims };
    });
    const { story, ...explanation } = explained(failed);
    expect(policiesOf({ story, ...explanation })).toHaveLength(1);
    expect(story).toContain('Trust policy of each of these 20 roles');
    expect(story.match(/role\/deploy$/gm)).toHaveLength(20);
  });
});

describe('policies to paste', () => {
  const sent = (hop: Partial<Hop>) => explained([refused({ hop })]);

  it.each<readonly [string, Partial<Hop>]>([
    ['nothing', {}],
    ['an external ID', { externalId: 'partner-42' }],
    ['a source identity', { sourceIdentity: 'octocat' }],
    ['another session name', { roleSessionName: 'release-7' }],
    ['tags', { tags: [{ key: 'Team', value: 'platform' }], transitiveTagKeys: ['Team'] }],
  ])('never trust a caller without a Condition when the hop sends %s', (_, hop) => {
    const [trust] = policiesOf(sent(hop));
    for (const statement of trust?.Statement ?? []) {
      expect(statement.Condition, String(statement.Action)).toBeDefined();
    }
    expect(trust?.Statement[0]?.Condition?.StringEquals).toMatchObject({
      'sts:RoleSessionName': hop.roleSessionName ?? 'GitHubActions',
      ...(hop.externalId && { 'sts:ExternalId': hop.externalId }),
      ...(hop.sourceIdentity && { 'sts:SourceIdentity': hop.sourceIdentity }),
    });
  });

  it.each(['role-external-id', 'role-session-name', 'source-identity', 'custom-tags'])(
    'come after the advice to send what a Condition requires: %s',
    (input) => {
      const { story } = sent({});
      expect(story.indexOf(input)).toBeGreaterThan(0);
      expect(story.indexOf(input)).toBeLessThan(story.indexOf('"Statement"'));
      expect(story).toContain('do not add another statement: it would bypass that Condition');
    },
  );

  it('trust an Identity Center role with and without its Region', () => {
    const caller = parseIdentityArn(
      'arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/jane@example.com',
    );
    const explanation = explained([refusedFirst({ caller, failure: denied(hub.role.name) })]);
    const [trust] = policiesOf(explanation);
    expect(trust?.Statement[0]).toMatchObject({
      Principal: { AWS: 'arn:aws:iam::111111111111:root' },
      Condition: {
        ArnLike: {
          'aws:PrincipalArn':
            'arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Admin_0123456789abcdef',
        },
      },
    });
    expect(explanation.story).toContain('except for us-east-1');
    expect(explanation.story).toContain('permission set');
  });

  it('limit the tags that a base identity already has', () => {
    const failure = { message: 'User: x is not authorized to perform: sts:TagSession on resource: y' };
    const [trust] = policiesOf(explained([refused({ failure })]));
    expect(trust?.Statement.map(({ Action }) => Action)).toEqual(['sts:AssumeRole', 'sts:TagSession']);
    expect(JSON.stringify(trust?.Statement[1]?.Condition)).toContain('kubernetes-namespace');
  });

  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: IAM's own syntax
  it('escape what looks like a policy variable or a wildcard', () => {
    const claims = { iss: 'https://example.com', aud: 'sts', sub: 'repo:o/r:environment:*${aws:x}' };
    const failure = denied('x', { operation: 'AssumeRoleWithWebIdentity', message: 'no' });
    const [trust] = policiesOf(explained([refusedFirst({ claims, failure })]));
    expect(trust?.Statement[0]?.Condition?.StringEquals?.['example.com:sub']).toBe('repo:o/r:environment:*${$}{aws:x}');
  });
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: IAM's own syntax
});

describe('a rejected token', () => {
  const nine = {
    repository: 'octo-org/octo-repo',
    repository_id: '74',
    ref: 'refs/heads/main',
    environment: 'production',
    workflow: 'Deploy',
    job_workflow_ref: 'octo-org/shared/.github/workflows/deploy.yml@refs/heads/main',
    actor: 'octocat',
    actor_id: '12',
    enterprise_id: '7',
  };
  const claims = {
    iss: 'https://token.actions.githubusercontent.com',
    aud: 'sts.amazonaws.com',
    sub: 'repo:octo-org/octo-repo:environment:production',
    ...nine,
    runner_environment: 'self-hosted',
    repo_property_tier: 'gold',
  };
  const failure = denied('x', { operation: 'AssumeRoleWithWebIdentity', message: 'Not authorized' });
  const rejected = (words: object = {}) => explained([refusedFirst({ claims: { ...claims, ...words }, failure })]);

  it.each(Object.entries(nine))('shows its %s, which may be the cause, and the change to the policy', (name, value) => {
    const { story } = rejected();
    expect(story).toMatch(new RegExp(`^ {2}${name} +${value.replaceAll('/', '\\/')}$`, 'm'));
    expect(story).toMatch(new RegExp(`AWS can test [^.]*\\b${name}\\b`));
    expect(story).toMatch(new RegExp(`"token\\.actions\\.githubusercontent\\.com:${name}": +"`));
  });

  it('shows the claims that narrow the statement as JSON to paste, in the log and in the job summary', () => {
    const { story, parts } = rejected();
    const pasted = /"token\.actions\.githubusercontent\.com:environment": "production"/;
    expect(story).toMatch(pasted);
    expect(markdown(parts)).toMatch(pasted);
  });

  it('shows the claims that AWS can only test as part of sub, and says so', () => {
    const { story } = rejected();
    expect(story).toMatch(/^ {2}runner_environment +self-hosted$/m);
    expect(story).toMatch(/^ {2}repo_property_tier +gold$/m);
    expect(story).toContain('no condition key for repo_property_tier, runner_environment');
  });

  it('has no condition keys for an issuer for which AWS documents none', () => {
    const { story, ...rest } = rejected({ iss: 'https://git.example.com/_services/token' });
    expect(story).not.toContain('To narrow the statement');
    expect(JSON.stringify(policiesOf({ story, ...rest }))).not.toContain('repository_id');
  });

  it.each([
    ['repo:octo-org/octo-repo:pull_request', 'every pull request'],
    ['repo:octo-org@65/octo-repo@74:pull_request', 'every pull request'],
    ['repository_owner:octo-org', 'does not name a repository'],
    ['repo:octo-org/octo-repo', 'every job of the repository'],
  ])('has a warning before the policy when many jobs have the sub %s', (sub, warning) => {
    const { story } = rejected({ sub });
    expect(story.indexOf(warning)).toBeGreaterThan(0);
    expect(story.indexOf(warning)).toBeLessThan(story.indexOf('"Statement"'));
  });

  it.each(['repo:o/r:environment:production', 'repo:o/r:ref:refs/heads/main', 'repository_id:74:environment:x'])(
    'has no warning when the sub is %s',
    (sub) => expect(rejected({ sub }).story).not.toContain('Warning'),
  );
});

describe('an explanation claims only what is known', () => {
  const credentials = { accessKeyId: 'ASIAX', secretAccessKey: 's', sessionToken: 't' };
  const bases: readonly BaseIdentity[] = [
    { kind: 'access-keys', credentials },
    { kind: 'Environment', credentials },
    { kind: 'default-chain', origin: { kind: 'profile', name: 'ci' }, chaining: 'ask' },
    { kind: 'EcsContainer' },
  ];
  const about: Readonly<Record<string, RegExp>> = {
    'access-keys': /aws-session-token/,
    Environment: /AWS_SESSION_TOKEN/,
    'default-chain': /credentials of the machine belong/,
    EcsContainer: /credentials of the machine belong/,
  };

  it.each(bases.map((base) => [base.kind, base] as const))('about an expired session: %s', (kind, base) => {
    const failure = denied('x', {
      code: 'ExpiredToken',
      message: 'The security token included in the request is expired',
    });
    const { story } = explained([refusedFirst({ failure }, base)]);
    expect(story).not.toContain('earlier step');
    for (const [other, words] of Object.entries(about)) {
      expect(words.test(story), other).toBe(words.source === about[kind]?.source);
    }
  });

  const missing: CallFailure = {
    operation: 'GetCredentials',
    code: 'CredentialsNotFound',
    message: 'the instance metadata service gave no credentials',
    attempts: 1,
  };
  const noBase = (hops: readonly Hop[], hasIdToken: boolean) =>
    explained([{ target: targetOf(hops), sessions: [], failure: missing }], hasIdToken).story;

  it('about missing credentials: a job that can request a token lacks a role, not the permission', () => {
    expect(noBase([], true)).toContain('No input names a role');
    expect(noBase([], true)).not.toMatch(/permission|id-token: write/);
    expect(noBase([hub], true)).not.toMatch(/permission|id-token: write|names a role/);
    expect(noBase([hub], false)).toContain('id-token: write');
  });

  it('about retries: only a repeated call mentions them', () => {
    const busy = { code: 'Throttling', message: 'Rate exceeded' };
    expect(explained([refused({ failure: busy })]).story).not.toMatch(/\d attempts/);
    expect(explained([refused({ failure: { ...busy, attempts: 6 } })]).story).toContain('AssumeRole, 6 attempts');
  });
});
