import { describe, expect, it } from 'vitest';
import { hopTrees } from '../../../src/domain/chain/hop-tree.js';
import { expectedToken } from '../../../src/domain/id-token/expected-token.js';
import { otherSubject } from '../../../src/domain/id-token/subject.js';
import { parseIdentityArn } from '../../../src/domain/identifiers/arn.js';
import { samlStatement } from '../../../src/domain/needed-policies/federated-statements.js';
import { neededPolicies } from '../../../src/domain/needed-policies/needed-policies.js';
import { principalOf } from '../../../src/domain/needed-policies/principal.js';
import { jsonText } from '../../../src/domain/rendering/parts.js';
import { readRequest } from '../../../src/domain/request/read-request.js';
import { deploy } from '../../support/example-world.js';

const hub = 'arn:aws:iam::111111111111:role/ci-hub';

function needed(inputs: Record<string, string>, environment: Record<string, string> = {}) {
  const sources = { inputs: { 'dry-run': 'true', ...inputs }, environment };
  const { targets } = readRequest(sources);
  return neededPolicies(hopTrees(targets), expectedToken(environment));
}

describe('the principal of a trust policy', () => {
  it.each([
    ['the user itself', 'arn:aws:iam::111111111111:user/team/ci-bot', 'arn:aws:iam::111111111111:user/team/ci-bot'],
    ['the role of a session', 'arn:aws:sts::111111111111:assumed-role/ci-hub/x', hub],
    ['in its own partition', 'arn:aws-cn:sts::111111111111:assumed-role/a/x', 'arn:aws-cn:iam::111111111111:role/a'],
  ])('is %s', (_, caller, principal) => {
    expect(principalOf(parseIdentityArn(caller), undefined)).toEqual({ arn: principal, holder: principal });
  });
});

describe('the policies for a chain', () => {
  it('group the roles of a caller by what each hop uses', () => {
    const policies = needed({
      targets: `a: [${hub}, ${deploy}]\nb:\n  - ${hub}\n  - role-to-assume: ${deploy}2\n    custom-tags: { Team: x }`,
    });
    const own = policies.find(({ kind }) => kind === 'permissions');
    expect(own?.policy.Statement).toEqual([
      { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: deploy },
      { Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Resource: `${deploy}2` },
    ]);
  });

  it('contain both forms of sub when a dry run cannot see the token', () => {
    const environment = {
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_REPOSITORY_ID: '2',
      GITHUB_REPOSITORY_OWNER_ID: '1',
      GITHUB_REF: 'refs/heads/a:b',
    };
    const [trust] = needed({ 'role-to-assume': hub }, environment);
    expect(JSON.stringify(trust?.policy)).toContain(
      '["repo:o/r:ref:refs/heads/a%3Ab","repo:o@1/r@2:ref:refs/heads/a%3Ab"]',
    );
  });

  it.each([
    ['https://github.com', 'https://token.actions.githubusercontent.com'],
    ['https://corp.ghe.com', 'https://token.actions.corp.ghe.com'],
    ['https://git.example.com', 'https://git.example.com/_services/token'],
  ])('trust the issuer of %s', (server, issuer) => {
    expect(expectedToken({ GITHUB_SERVER_URL: server }).issuer).toBe(issuer);
  });

  it.each([
    [
      'GitHub Enterprise Server',
      { GITHUB_SERVER_URL: 'https://git.example.com' },
      'https://git.example.com/_services/token',
      ['repo:o/r'],
    ],
    [
      'Forgejo',
      {
        GITHUB_SERVER_URL: 'https://git.example.com/forge',
        ACTIONS_ID_TOKEN_REQUEST_URL:
          'https://git.example.com/forge/api/actions/_apis/pipelines/workflows/7/idtoken?placeholder=true',
      },
      'https://git.example.com/forge/api/actions',
      ['repo:o/r', 'repo:o-1/r-2'],
    ],
  ])('name the repository as %s does', (_, where, issuer, prefixes) => {
    const ids = { GITHUB_REPOSITORY: 'o/r', GITHUB_REPOSITORY_OWNER_ID: '1', GITHUB_REPOSITORY_ID: '2' };
    const token = expectedToken({ ...ids, ...where });
    expect(token).toEqual({ issuer, subjects: prefixes.map((prefix) => `${prefix}:ref:refs/heads/main`) });
  });

  it('accept a pull request as such', () => {
    const { subjects } = expectedToken({ GITHUB_REPOSITORY: 'o/r', GITHUB_EVENT_NAME: 'pull_request' });
    expect(subjects).toEqual(['repo:o/r:pull_request']);
  });
});

describe('the other form of a sub', () => {
  const ids = { repository: 'o/r', repository_id: '2', repository_owner_id: '1' };

  it.each([
    ['repo:o/r:environment:prod', 'repo:o@1/r@2:environment:prod'],
    ['repo:o@1/r@2:ref:refs/heads/main', 'repo:o/r:ref:refs/heads/main'],
  ])('of %s is %s', (sub, other) => expect(otherSubject({ ...ids, sub })).toBe(other));

  it.each([
    ['repo:o/r:environment:prod', 'repo:o-1/r-2:environment:prod'],
    ['repo:o-1/r-2:ref:refs/heads/main', 'repo:o/r:ref:refs/heads/main'],
  ])('of %s on Forgejo is %s', (sub, other) =>
    expect(otherSubject({ ...ids, iss: 'https://codeberg.org/api/actions', sub })).toBe(other),
  );

  it.each([
    ['repo:o/r:environment:prod', { ...ids, iss: 'https://git.example.com/_services/token' }],
    ['repository_owner:o:environment:prod', ids],
    ['repo:another/r:environment:prod', ids],
    ['repo:o/r:environment:prod', { repository: 'o/r' }],
  ])('of %s is not guessed', (sub, claims) => expect(otherSubject({ ...claims, sub })).toBeUndefined());
});

describe('a SAML trust policy', () => {
  it.each([
    ['aws', 'https://signin.aws.amazon.com/saml'],
    ['aws-cn', 'https://signin.amazonaws.cn/saml'],
    ['aws-us-gov', 'https://signin.amazonaws-us-gov.com/saml'],
    ['aws-eusc', 'https://eusc-de-east-1.signin.amazonaws-eusc.eu/saml'],
  ])('in partition %s expects the audience %s', (partition, audience) => {
    const { Condition } = samlStatement(`arn:${partition}:iam::111111111111:saml-provider/corp`);
    expect(Condition).toEqual({ StringEquals: { 'SAML:aud': audience } });
  });
});

describe('JSON for a policy', () => {
  it('is the same JSON, with lists of strings on one line', () => {
    const value = { a: ['x', 'y "quoted", [z]'], b: [{ c: [] }, 1], d: ['\n', '\\"'] };
    expect(JSON.parse(jsonText(value))).toEqual(value);
    expect(jsonText({ a: ['x', 'y'] })).toBe('{\n  "a": ["x", "y"]\n}');
  });
});
