import {
  AssumeRoleCommand,
  AssumeRoleWithSAMLCommand,
  AssumeRoleWithWebIdentityCommand,
  type AssumeRoleWithWebIdentityCommandInput,
} from '@aws-sdk/client-sts';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../../../emulator/server/emulator.js';
import { deploy, hub, spoke } from '../../support/example-world.js';
import { samlAssertion } from '../../support/saml-assertion.js';
import { startExample } from '../../support/start-example.js';
import { clientOf, keysOf, refusalOf } from '../../support/sts-client.js';

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startExample();
});
afterEach(() => emulator.close());

async function federate(input: Partial<AssumeRoleWithWebIdentityCommandInput> = {}, claims = {}) {
  const WebIdentityToken = await emulator.idToken(claims);
  const full = { RoleArn: hub, RoleSessionName: 'gh', WebIdentityToken, ...input };
  return clientOf(emulator).send(new AssumeRoleWithWebIdentityCommand(full));
}

async function jobToken(audience = 'sts.amazonaws.com', authorization?: string): Promise<Response> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = emulator.environment;
  return fetch(`${url}&audience=${encodeURIComponent(audience)}`, {
    headers: { authorization: authorization ?? `Bearer ${token}` },
  });
}

describe('the ID-token endpoint', () => {
  test('returns what AWS accepts, and records only the audience', async () => {
    const { count, value } = (await (await jobToken()).json()) as { count: number; value: string };
    const claims = decodeJwt(value);
    expect(count).toBe(value.length);
    expect(claims).toMatchObject({
      iss: 'https://token.actions.githubusercontent.com',
      aud: 'sts.amazonaws.com',
      sub: 'repo:octo-org/octo-repo:environment:production',
      repository_owner: 'octo-org',
    });
    expect([(claims.exp ?? 0) - (claims.iat ?? 0), (claims.iat ?? 0) - (claims.nbf ?? 0)]).toEqual([300, 600]);
    const answer = await federate({ WebIdentityToken: value, DurationSeconds: 7200 });
    expect(answer).toMatchObject({
      Audience: 'sts.amazonaws.com',
      Provider: 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com',
      SubjectFromWebIdentityToken: 'repo:octo-org/octo-repo:environment:production',
    });
    expect(emulator.requests.map(({ operation, parameters }) => [operation, parameters])).toEqual([
      ['GetIdToken', { audience: 'sts.amazonaws.com' }],
      [
        'AssumeRoleWithWebIdentity',
        { RoleArn: hub, RoleSessionName: 'gh', WebIdentityToken: '(redacted)', DurationSeconds: '7200' },
      ],
    ]);
  });

  test('requires its request token, for 6 h 10 min', async () => {
    expect((await jobToken('x', 'Bearer wrong')).status).toBe(401);
    emulator.clock.advance(6 * 3600 + 599);
    expect((await jobToken()).status).toBe(200);
    emulator.clock.advance(1);
    const late = await jobToken();
    expect([late.status, await late.json()]).toEqual([401, { message: 'The request token has expired.' }]);
  });

  test.each([
    [{ environment: '', ref: 'refs/tags/v1' }, 'repo:octo-org/octo-repo:ref:refs/tags/v1'],
    [{ environment: '', event_name: 'pull_request' }, 'repo:octo-org/octo-repo:pull_request'],
    [{ environment: 'a:b' }, 'repo:octo-org/octo-repo:environment:a%3Ab'],
  ])('%j gives sub %s', async (claims, sub) => {
    expect(decodeJwt(await emulator.idToken(claims)).sub).toBe(sub);
  });

  test('the immutable sub contains the IDs', async () => {
    emulator.world.job = { ...emulator.world.job, immutableSubject: true };
    expect(decodeJwt(await emulator.idToken()).sub).toBe('repo:octo-org@65/octo-repo@74:environment:production');
    expect(await refusalOf(federate())).toMatchObject({
      code: 'AccessDenied',
      status: 403,
      message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
    });
  });
});

describe('AssumeRoleWithWebIdentity', () => {
  const arn = (account: string) => `arn:aws:iam::${account}:role/ci-hub`;
  test.each([
    [
      { iss: 'https://other.example.com' },
      hub,
      'No OpenIDConnect provider found in your account for https://other.example.com',
    ],
    [
      {},
      arn('222222222222'),
      'No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com',
    ],
    [{ aud: 'else' }, hub, 'Incorrect token audience'],
  ])('%j at %s is an invalid token', async (claims, RoleArn, message) => {
    expect(await refusalOf(federate({ RoleArn }, claims))).toMatchObject({
      code: 'InvalidIdentityToken',
      status: 400,
      message,
    });
  });

  const tags = 'https://aws.amazon.com/tags';
  test.each([
    { [tags]: { principal_tags: { Team: ['a'] }, transitive_tag_keys: 'Team' } },
    { [tags]: { principal_tags: { Team: ['a'] }, transitive_tag_keys: [5] } },
    { [tags]: { principal_tags: ['Team'] } },
    { [tags]: { principal_tags: { Team: { a: 'b' } } } },
    { [tags]: { principal_tags: { Team: ['a', 'b'] } } },
    { [tags]: { principal_tags: null } },
    { [tags]: 'Team=a' },
    { 'https://aws.amazon.com/source_identity': ['alice'] },
    { iss: 5 },
    { sub: {} },
    { aud: [null] },
    { exp: 'tomorrow' },
    { nbf: 1.5 },
  ])('a token with %j is rejected by STS', async (claims) => {
    const answer = await refusalOf(federate({}, claims));
    expect(answer).toMatchObject({ code: 'InvalidIdentityToken', status: 400 });
    expect(answer.message).toMatch(/^The ID Token provided is not a valid JWT\./);
  });

  test('a token with another signature has no verification key', async () => {
    const [header, payload] = (await emulator.idToken()).split('.');
    const forged = `${header}.${payload}.${Buffer.from('x'.repeat(256)).toString('base64url')}`;
    expect((await refusalOf(federate({ WebIdentityToken: forged }))).message).toBe(
      "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
    );
  });

  test('an old token has expired', async () => {
    const WebIdentityToken = await emulator.idToken();
    const exp = decodeJwt(WebIdentityToken).exp ?? 0;
    emulator.clock.advance(301);
    const { code, message } = await refusalOf(federate({ WebIdentityToken }));
    expect(code).toBe('ExpiredTokenException');
    expect(message).toMatch(
      new RegExp(`^Token expired: current date/time \\d+ must be before the expiration date/time ${exp}$`),
    );
  });

  test('a wrong sub and a missing role are denied with the same message', async () => {
    const message = 'Not authorized to perform sts:AssumeRoleWithWebIdentity';
    expect((await refusalOf(federate({}, { repository: 'evil/fork' }))).message).toBe(message);
    const RoleArn = 'arn:aws:iam::111111111111:role/none';
    expect((await refusalOf(federate({ RoleArn }))).message).toBe(message);
    expect((await refusalOf(federate({ RoleArn: 'arn:aws:iam::111111111111:user/ci' }))).message).toBe(
      'Request ARN is invalid',
    );
  });

  test('tags and source identity are taken from claims and inherited along the chain', async () => {
    const statement = emulator.world.accounts['111111111111']?.roles?.['ci-hub']?.trustPolicy.Statement;
    const first = Array.isArray(statement) ? statement[0] : statement;
    const claims = {
      'https://aws.amazon.com/tags': { principal_tags: { Team: ['platform'] }, transitive_tag_keys: ['Team'] },
      'https://aws.amazon.com/source_identity': 'alice',
    };
    expect((await refusalOf(federate({}, claims))).message).toBe('Not authorized to perform sts:SetSourceIdentity');
    if (first) {
      first.Action = ['sts:AssumeRoleWithWebIdentity', 'sts:SetSourceIdentity', 'sts:TagSession'];
    }
    const { Credentials, ...answer } = await federate({}, claims);
    expect(answer).toMatchObject({ SourceIdentity: 'alice', SessionTokenSize: 721, SessionTokenUtilization: 18 });
    const client = clientOf(emulator, keysOf(Credentials));
    await client.send(new AssumeRoleCommand({ RoleArn: deploy, RoleSessionName: 'ab' }));
    const strict = client.send(new AssumeRoleCommand({ RoleArn: spoke('strict'), RoleSessionName: 'ab' }));
    expect((await refusalOf(strict)).message).toContain('sts:SetSourceIdentity');
  });

  test.each<[string, string]>([
    ['actor', 'octocat'],
    ['actor_id', '12'],
    ['job_workflow_ref', 'octo-org/octo-repo/.github/workflows/deploy.yml@refs/heads/main'],
    ['repository', 'octo-org/octo-repo'],
    ['repository_id', '74'],
    ['workflow', 'Deploy'],
    ['ref', 'refs/heads/main'],
    ['environment', 'production'],
    ['enterprise_id', '9'],
  ])('a trust policy can test the claim %s', async (claim, value) => {
    const condition = (wanted: string) => ({
      StringEquals: { [`token.actions.githubusercontent.com:${claim}`]: wanted },
    });
    const role = emulator.world.accounts['111111111111']?.roles?.['ci-hub'];
    const [statement] = [role?.trustPolicy.Statement ?? []].flat();
    if (statement) {
      statement.Condition = condition(value);
    }
    await federate({}, { enterprise_id: '9' });
    if (statement) {
      statement.Condition = condition('another');
    }
    expect((await refusalOf(federate({}, { enterprise_id: '9' }))).code).toBe('AccessDenied');
    expect(emulator.notes).toEqual([]);
  });

  test.each(['runner_environment', 'repo_property_team'])('AWS does not test the claim %s', async (claim) => {
    emulator.world.job = { claims: { ...emulator.world.job?.claims, repo_property_team: 'payments' } };
    expect(decodeJwt(await emulator.idToken())).toMatchObject({
      runner_environment: 'github-hosted',
      repo_property_team: 'payments',
    });
    const role = emulator.world.accounts['111111111111']?.roles?.['ci-hub'];
    const [statement] = [role?.trustPolicy.Statement ?? []].flat();
    const key = `token.actions.githubusercontent.com:${claim}`;
    if (statement) {
      statement.Condition = { StringLike: { [key]: '*' } };
    }
    expect((await refusalOf(federate())).code).toBe('AccessDenied');
    expect(emulator.notes.join()).toContain(`condition key ${key}`);
  });

  test('the JWKS is public', async () => {
    const { keys } = (await (await fetch(`${emulator.url}/.well-known/jwks`)).json()) as { keys: object[] };
    expect(keys).toMatchObject([{ kty: 'RSA', alg: 'RS256', use: 'sig' }]);
  });
});

describe('AssumeRoleWithSAML', () => {
  const providerArn = 'arn:aws:iam::111111111111:saml-provider/corp';
  const facts = { roleArn: hub, providerArn, sessionName: 'jane@corp' };
  const send = (SAMLAssertion: string, PrincipalArn = providerArn) =>
    clientOf(emulator).send(new AssumeRoleWithSAMLCommand({ RoleArn: hub, PrincipalArn, SAMLAssertion }));

  test('uses name and subject of the assertion', async () => {
    const answer = await send(samlAssertion({ ...facts, subject: 'jane & co', sessionDuration: 5400 }));
    expect(answer).toMatchObject({
      Subject: 'jane & co',
      SubjectType: 'persistent',
      Audience: 'https://signin.aws.amazon.com/saml',
    });
    expect(answer.AssumedRoleUser?.Arn).toBe('arn:aws:sts::111111111111:assumed-role/ci-hub/jane@corp');
    expect(emulator.requests.at(-1)?.parameters.SAMLAssertion).toBe('(redacted)');
  });

  test.each([
    [/ NotOnOrAfter="[^"]*"/g, ' NotOnOrAfter="soon"'],
    [/<saml:AttributeStatement>/, '<saml:AuthnStatement SessionNotOnOrAfter="soon"/>$&'],
    [/>5400</, '>long<'],
  ])('rejects an assertion in which %s becomes %s', async (part, wrong) => {
    const xml = Buffer.from(samlAssertion({ ...facts, sessionDuration: 5400 }), 'base64').toString();
    const { code, status } = await refusalOf(send(Buffer.from(xml.replace(part, wrong)).toString('base64')));
    expect([code, status]).toEqual(['InvalidIdentityToken', 400]);
  });

  test.each([
    ['an old assertion', { notOnOrAfter: 0 }, 'ExpiredTokenException'],
    ['an unknown provider', { providerArn: providerArn.replace('corp', 'else') }, 'InvalidIdentityToken'],
    ['another role', { roleArn: deploy }, 'InvalidIdentityToken'],
    ['another audience', { audience: 'https://else.example.com' }, 'AccessDenied'],
  ])('rejects %s', async (_name, change, code) => {
    expect(
      (await refusalOf(send(samlAssertion({ ...facts, ...change }), { ...facts, ...change }.providerArn))).code,
    ).toBe(code);
  });
});
