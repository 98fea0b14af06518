import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { profileText, provider, saml, writeAssertion, writeAwsFiles, writeToken } from '../../support/base-files.js';
import { bot, deploy, hub, keys } from '../../support/example-world.js';
import { asInputs } from '../../support/issued.js';
import { samlAssertion } from '../../support/saml-assertion.js';
import { chainOf, openStage, type Stage, session } from '../../support/stage.js';

describe('each base identity can start a chain', () => {
  test('access keys given as inputs', async () => {
    const stage = await openStage({ idToken: false });
    const step = await stage.succeeds({
      ...keys,
      'credential-source': 'access-keys',
      'role-chain': chainOf(hub, deploy),
    });
    expect(stage.calls()).toEqual([`AssumeRole ${hub}`, `AssumeRole ${deploy}`]);
    expect(stage.requests('AssumeRole')[0]).toMatchObject({ callerArn: bot });
    expect(step.outputs['authenticated-arn']).toBe(session(deploy));
  });

  test('temporary access keys given as inputs', async () => {
    const stage = await openStage({ idToken: false });
    const issued = asInputs(stage.emulator.issue(hub));
    stage.job.addSecrets(issued['aws-secret-access-key'], issued['aws-session-token']);
    await stage.succeeds({ ...issued, 'role-to-assume': deploy });
    expect(stage.requests('AssumeRole')[0]).toMatchObject({ callerArn: session(hub, 'issued') });
  });

  test('the container endpoint', async () => {
    const stage = await openStage({ environment: ({ containerEnvironment }) => containerEnvironment });
    await stage.succeeds({
      'credential-source': 'EcsContainer',
      'role-to-assume': hub,
      'role-skip-session-tagging': 'true',
    });
    expect(stage.requests('GetContainerCredentials')).toHaveLength(1);
    expect(stage.requests('AssumeRole')[0]?.callerArn).toMatch(/^arn:aws:sts::111111111111:assumed-role\/runner\//);
  });

  test('the instance metadata service', async () => {
    const stage = await openStage({ environment: ({ instanceEnvironment }) => instanceEnvironment });
    await stage.succeeds({
      'credential-source': 'Ec2InstanceMetadata',
      'role-to-assume': hub,
      'role-skip-session-tagging': 'true',
    });
    expect(stage.requests('AssumeRole')[0]?.callerArn).toBe(
      'arn:aws:sts::111111111111:assumed-role/runner/i-0123456789abcdef0',
    );
  });

  test.each([
    ['the default profile', 'default', {}],
    ['the profile that AWS_PROFILE names', 'ci', { AWS_PROFILE: 'ci' }],
  ])('the default chain, from %s of the AWS files', async (_, name, environment) => {
    const stage = await openStage({ environment });
    await writeAwsFiles(stage, profileText(name));
    await stage.succeeds({ 'credential-source': 'default-chain', 'role-to-assume': hub });
    expect(stage.requests('AssumeRole')[0]).toMatchObject({ callerArn: bot });
  });

  test('a SAML assertion file', async () => {
    const stage = await openStage();
    await writeAssertion(stage);
    const step = await stage.succeeds({ ...saml, 'credential-source': 'saml', 'role-chain': chainOf(hub, deploy) });
    expect(stage.calls()).toEqual([`AssumeRoleWithSAML ${hub}`, `AssumeRole ${deploy}`]);
    expect(stage.requests('AssumeRoleWithSAML')[0]?.parameters).toMatchObject({ PrincipalArn: provider });
    expect(step.outputs['role-chain']).toContain(session(hub, 'sam'));
  });

  test("a SAML assertion that limits the session's duration, which is logged", async () => {
    const stage = await openStage();
    const end = new Date(Date.now() + 1_000_000).toISOString();
    const assertion = Buffer.from(samlAssertion({ roleArn: hub, providerArn: provider, sessionName: 'sam' }), 'base64');
    const statement = `<saml:AuthnStatement SessionNotOnOrAfter="${end}"/></saml:Assertion>`;
    const shortened = assertion.toString().replace('</saml:Assertion>', statement);
    await writeToken(stage, 'assertion.b64', Buffer.from(shortened).toString('base64'));
    const step = await stage.succeeds({ ...saml, 'role-to-assume': hub });
    const [, said] =
      /lasts (\d+) s .*, not 3600 s .*SessionNotOnOrAfter/.exec(step.annotations[0]?.message ?? '') ?? [];
    const [, logged] = /as sam, (\d+) s/.exec(step.log) ?? [];
    // The seconds left of 1000 when the answer arrives; a busy machine may need some.
    expect(Number(said)).toBeGreaterThan(500);
    expect(Number(said)).toBeLessThanOrEqual(1000);
    expect(logged).toBe(said);
  });
});

describe('a machine whose own credentials come from STS', () => {
  /** Ways in which a machine has a role: a pod with IRSA, and a profile with a role. */
  const machines: readonly (readonly [string, (stage: Stage) => Promise<Record<string, string>>, string])[] = [
    [
      'a projected token and a role in the environment',
      async (stage) => {
        await writeToken(stage, 'token');
        const file = join(stage.job.folders.workspace, 'token');
        return { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: hub, AWS_ROLE_SESSION_NAME: 'pod' };
      },
      session(hub, 'pod'),
    ],
    [
      'a profile with a role and a source profile, where configured addresses are ignored',
      async (stage) => {
        const config = `[profile ci]\nrole_arn = ${hub}\nsource_profile = robot\nrole_session_name = machine\n`;
        await writeAwsFiles(stage, profileText('robot'), config);
        return { AWS_PROFILE: 'ci', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' };
      },
      session(hub, 'machine'),
    ],
  ];

  test.each(machines)('%s: uses sts-endpoint for them too', async (_, prepare, caller) => {
    const stage = await openStage({ idToken: false, environment: { AWS_ENDPOINT_URL_STS: '' } });
    const inputs = {
      'role-to-assume': deploy,
      'role-skip-session-tagging': 'true',
      'sts-endpoint': stage.emulator.url,
    };
    await stage.succeeds(inputs, { env: await prepare(stage) });
    expect(stage.requests('AssumeRole').at(-1)).toMatchObject({ callerArn: caller });
  });
});

describe('a web-identity token file', () => {
  const inputs = { 'credential-source': 'web-identity', 'role-to-assume': hub } as const;

  test('is read from the workspace when its path is relative, without a request for the job’s own token', async () => {
    const stage = await openStage();
    await writeToken(stage, 'token.jwt');
    await stage.succeeds({ ...inputs, 'web-identity-token-file': 'token.jwt' });
    expect(stage.emulator.requests.map(({ operation }) => operation)).toEqual(['AssumeRoleWithWebIdentity']);
  });

  test('may be an absolute path', async () => {
    const stage = await openStage({ idToken: false });
    await writeToken(stage, 'token.jwt');
    await stage.succeeds({ ...inputs, 'web-identity-token-file': join(stage.job.folders.workspace, 'token.jwt') });
  });

  test('may be a link inside its own folder, as Kubernetes projects it', async () => {
    const stage = await openStage();
    const { workspace } = stage.job.folders;
    await mkdir(join(workspace, '..data'));
    await writeToken(stage, '..data/token');
    await symlink('..data/token', join(workspace, 'token'));
    await stage.succeeds({ ...inputs, 'web-identity-token-file': 'token' });
  });

  test('may be a link to another folder, as for mounted secrets', async () => {
    const stage = await openStage();
    const { workspace } = stage.job.folders;
    await writeToken(stage, 'token.jwt');
    await mkdir(join(workspace, 'inner'));
    await symlink('../token.jwt', join(workspace, 'inner', 'token'));
    await stage.succeeds({ ...inputs, 'web-identity-token-file': 'inner/token' });
  });

  test.each([
    ['is not there', undefined, /token\.jwt.* does not exist/],
    ['is empty', '', /token\.jwt.* is empty/],
    ['is larger than AWS takes', 'x'.repeat(20_001), /token\.jwt.*20000/],
  ])('is reported when it %s', async (_, text, message) => {
    const stage = await openStage();
    if (text !== undefined) {
      await writeFile(join(stage.job.folders.workspace, 'token.jwt'), text);
    }
    await stage.refuses({ ...inputs, 'web-identity-token-file': 'token.jwt' }, message, 'Hop 1 of 1');
  });
});
