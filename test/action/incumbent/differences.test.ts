import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { StepResult } from '../../../runner/step-result.js';
import { root } from '../../../scripts/root.js';
import { profileText, writeAwsFiles } from '../../support/base-files.js';
import { addressOf, everything, openBehindProxy, stsHost, tokenHost } from '../../support/behind-proxy.js';
import {
  documentedPartition,
  documentedWorld,
  firstRole,
  prodRole,
  secondRole,
  userKeys,
  userVariables,
} from '../../support/documented-world.js';
import { startProxy } from '../../support/proxy-server.js';
import { tagsOf, transitiveOf } from '../../support/sent-tags.js';
import { openStage, type Stage, session } from '../../support/stage.js';

/** The intended differences from configure-aws-credentials: each row of docs/migrating.md, by its first words. */

type Options = Parameters<typeof openStage>[0];

const region = { 'aws-region': 'us-east-2' } as const;
const oidc = { ...region, 'role-to-assume': firstRole } as const;
const withKeys = { ...region, ...userKeys } as const;
const keysAndRole = { ...withKeys, 'role-to-assume': firstRole } as const;
const user = 'arn:aws:iam::123456789100:user/ci-bot';

const open = (options: Options = {}) => openStage({ change: documentedWorld, ...options });
const openWithoutToken = (options: Options = {}) => open({ idToken: false, ...options });

const awsFile = (stage: Stage, name: string) => join(stage.job.folders.home, '.aws', name);
const read = (stage: Stage, name: string) => readFile(awsFile(stage, name), 'utf8');

async function write(stage: Stage, name: string, text: string): Promise<void> {
  await mkdir(join(stage.job.folders.home, '.aws'), { recursive: true, mode: 0o700 });
  await writeFile(awsFile(stage, name), text, { mode: 0o600 });
}

const expectArn = (step: StepResult, arn: string) => expect(step.outputs['authenticated-arn']).toBe(arn);

const differences: Readonly<Record<string, () => Promise<void>>> = {
  'Variables named like inputs (`ROLE_TO_ASSUME`, `ROLE_DURATION_SECONDS`, …)': async () => {
    const stage = await open({ environment: { ROLE_TO_ASSUME: prodRole, ROLE_SESSION_NAME: 'x', AUDIENCE: 'x' } });
    expectArn(await stage.succeeds(oidc), session(firstRole));
    const other = await open({ environment: { ROLE_TO_ASSUME: firstRole, AWS_REGION: 'eu-central-1' } });
    await other.refuses(
      {},
      'there is no base identity',
      'role-to-assume, role-chain, targets: none of them names a role',
    );
    const step = await other.succeeds({ 'role-to-assume': firstRole });
    expect(step.environmentChanges.AWS_REGION).toBe('eu-central-1');
    expectArn(await other.succeeds({ 'translate-env-variables': 'true' }), session(firstRole));
  },
  '`allowed-account-ids` given, but empty': async () => {
    const stage = await open();
    await stage.refuses({ ...oidc, 'allowed-account-ids': '' }, 'allowed-account-ids: the list is empty');
    await stage.succeeds({ ...oidc, 'allowed-account-ids': 'any' });
  },
  'An empty item in a list': async () => {
    const stage = await open();
    await stage.refuses(
      { ...oidc, 'allowed-account-ids': ',123456789100' },
      'allowed-account-ids, item 1: the item is empty',
    );
    const policy = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    await stage.refuses(
      { ...oidc, 'managed-session-policies': `${policy}\n\n${policy}` },
      'managed-session-policies, item 2: the item is empty',
    );
  },
  '`role-duration-seconds` that is not a number of seconds': async () => {
    const stage = await open();
    await stage.refuses({ ...oidc, 'role-duration-seconds': 'abc' }, "'abc' is not a duration");
    await stage.succeeds({ ...oidc, 'role-duration-seconds': '1h30m' });
    expect(stage.requests('AssumeRoleWithWebIdentity')[0]?.parameters.DurationSeconds).toBe('5400');
  },
  'More than an hour for a chained role': async () => {
    const stage = await open();
    await stage.succeeds(oidc);
    await stage.fails({
      ...region,
      'role-to-assume': secondRole,
      'role-chaining': 'true',
      'role-duration-seconds': '2h',
    });
    expect(stage.requests('AssumeRole')).toEqual([]);
  },
  '`retry-max-attempts: 0`': async () => {
    const stage = await open();
    stage.emulator.faults.add({ operation: 'AssumeRoleWithWebIdentity', fault: { kind: 'throttle' } });
    const { annotations } = await stage.succeeds({ ...oidc, 'retry-max-attempts': '0' });
    expect(annotations).toEqual([
      expect.objectContaining({ level: 'warning', message: expect.stringContaining('retry-max-attempts: 0') }),
    ]);
  },
  'A denied call': async () => {
    const stage = await open();
    await stage.fails({ ...region, 'role-to-assume': 'arn:aws:iam::123456789100:role/nobody' });
    expect(stage.calls()).toHaveLength(1);
  },
  'A call that AWS throttles, or that fails': async () => {
    const stage = await open();
    stage.emulator.faults.add({ operation: 'AssumeRoleWithWebIdentity', fault: { kind: 'throttle' }, first: 20 });
    await stage.fails(oidc, { timeoutMs: 100_000 });
    expect(stage.calls()).toHaveLength(6);
  },
  'No `action-timeout-s`': async () => {
    expect(await readFile(join(root, 'action.yml'), 'utf8')).toMatch(
      /^ {2}action-timeout-s:\n {4}description: .*\n {4}default: "120"$/m,
    );
    const stage = await open();
    await stage.succeeds({ ...oidc, 'action-timeout-s': '0' });
  },
  '`use-existing-credentials: true` with another identity': async () => {
    const stage = await open({ environment: userVariables });
    expectArn(await stage.succeeds({ ...oidc, 'use-existing-credentials': 'true' }), session(firstRole));
    expectArn(await stage.succeeds({ ...oidc, 'use-existing-credentials': 'true' }), session(firstRole));
    expect(stage.requests('AssumeRoleWithWebIdentity')).toHaveLength(1);
  },
  '`use-existing-credentials: true` with a role by its name': async () => {
    const stage = await openWithoutToken();
    await stage.succeeds(keysAndRole);
    const name = firstRole.split('/').at(-1) ?? '';
    const byName = { ...region, 'role-to-assume': name, 'use-existing-credentials': 'true' };
    const { log } = await stage.run(byName);
    expect(log).toContain('Not kept: the existing credentials are');
    expect(log).toContain('the requested role is named without its account');
    const kept = await stage.succeeds({ ...byName, 'allowed-account-ids': firstRole.split(':')[4] ?? '' });
    expect(kept.log).toContain('Kept: the existing credentials are');
  },
  '`use-existing-credentials: false`': async () => {
    const stage = await open();
    await stage.succeeds(oidc);
    await stage.succeeds({ ...oidc, 'use-existing-credentials': 'false' });
    expect(stage.requests('AssumeRoleWithWebIdentity')).toHaveLength(2);
  },
  '`aws-secret-access-key` without `aws-access-key-id`': async () => {
    const stage = await open();
    const secret = userKeys['aws-secret-access-key'];
    await stage.refuses({ ...oidc, 'aws-secret-access-key': secret }, 'aws-access-key-id: the input is empty');
  },
  'Temporary keys without `aws-session-token`': async () => {
    const stage = await openWithoutToken();
    const temporary = `ASIA${userKeys['aws-access-key-id'].slice(4)}`;
    await stage.refuses({ ...keysAndRole, 'aws-access-key-id': temporary }, 'aws-session-token');
  },
  'A key in `transitive-tag-keys` that no tag has': async () => {
    const stage = await openWithoutToken();
    await stage.refuses({ ...keysAndRole, 'transitive-tag-keys': 'Repository\nNope' }, "'Nope'");
  },
  '`custom-tags` with `role-skip-session-tagging: true`': async () => {
    const stage = await openWithoutToken();
    await stage.succeeds({ ...keysAndRole, 'custom-tags': '{"Team":"platform"}', 'role-skip-session-tagging': 'true' });
    expect(Object.keys(tagsOf(stage))).toEqual(['Team']);
  },
  'A number in `custom-tags`': async () => {
    const stage = await openWithoutToken();
    await stage.succeeds({ ...keysAndRole, 'custom-tags': '{"Version":1.10,"Run":12345678901234567890}' });
    const [{ parameters = {} } = {}] = stage.requests('AssumeRole');
    expect(Object.values(parameters)).toEqual(expect.arrayContaining(['1.10', '12345678901234567890']));
  },
  'Neither role nor access keys, and `output-env-credentials: true` or `aws-profile`': async () => {
    const stage = await openWithoutToken({ environment: ({ containerEnvironment }) => ({ ...containerEnvironment }) });
    const proven = await stage.succeeds(region);
    expect(proven.outputs['authenticated-arn']).toMatch(/assumed-role\/runner\//);
    expect(proven.environmentChanges).not.toHaveProperty('AWS_SESSION_TOKEN');
    const handed = await stage.succeeds({ ...region, 'output-env-credentials': 'true' });
    expect(handed.environmentChanges.AWS_SESSION_TOKEN).toMatch(/.{100}/);
  },
  '`AWS_PROFILE` that names a missing or broken profile, on a machine with a role': async () => {
    const stage = await openWithoutToken({
      environment: ({ instanceEnvironment }) => ({ ...instanceEnvironment, AWS_PROFILE: 'gone' }),
    });
    await stage.refuses({ ...region, 'role-to-assume': firstRole }, 'AWS_PROFILE', 'the profile gone');
  },
  'Keys in the environment as base identity, and an `AWS_PROFILE` or `AWS_DEFAULT_PROFILE` that does not exist':
    async () => {
      for (const variable of ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE']) {
        const stage = await openWithoutToken({ environment: { ...userVariables, [variable]: 'gone' } });
        await stage.refuses({ ...region, 'role-to-assume': firstRole }, variable, 'the profile gone');
      }
    },
  '`AWS_PROFILE` and `AWS_DEFAULT_PROFILE` that differ, where the identity comes from a profile': async () => {
    const stage = await openWithoutToken({ environment: { AWS_PROFILE: 'one', AWS_DEFAULT_PROFILE: 'two' } });
    await writeAwsFiles(stage, `${profileText('one')}${profileText('two')}`);
    await stage.refuses({ ...region, 'role-to-assume': firstRole }, 'AWS_DEFAULT_PROFILE, AWS_PROFILE');
  },
  'A profile after the job': async () => {
    const stage = await open();
    await stage.succeeds({ ...oidc, 'aws-profile': 'dev' });
    expect(await read(stage, 'credentials')).toContain('[dev]');
    await stage.finish();
    await expect(read(stage, 'credentials')).rejects.toThrow('ENOENT');
  },
  '`sts-endpoint` with plain http': async () => {
    const stage = await openWithoutToken();
    await stage.refuses({ ...keysAndRole, 'sts-endpoint': 'http://sts.example.com' }, 'plain http');
  },
  '`endpoint_url` in `~/.aws/config`': async () => {
    const proxy = await startProxy();
    const stage = await open({ environment: { AWS_ENDPOINT_URL_STS: '' } });
    await write(stage, 'config', `[default]\nendpoint_url = ${stage.emulator.url}\n`);
    const through = {
      'http-proxy': `http://127.0.0.1:${proxy.port}`,
      'no-proxy': '127.0.0.1',
      'disable-retry': 'true',
    };
    await stage.fails({ ...oidc, ...through });
    expect(proxy.asked).toEqual(['CONNECT sts.us-east-2.amazonaws.com:443']);
    expect(stage.calls()).toEqual([]);
  },
  '`special-characters-workaround`': async () => {
    // The tests of the walk check the deadline and its message.
    const stage = await open({ emulator: { alphanumericSecretsAfter: 13 } });
    await stage.succeeds({ ...oidc, 'special-characters-workaround': 'true' });
    expect(stage.calls()).toHaveLength(14);
  },
  '`aws-expiration`': async () => {
    const stage = await open();
    const step = await stage.succeeds(oidc);
    expect(step.outputs['aws-expiration']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  },
  '`SHOW_STACK_TRACE`': async () => {
    const stage = await open({ environment: { SHOW_STACK_TRACE: 'true' } });
    const step = await stage.fails({ ...region, 'role-to-assume': 'arn:aws:iam::123456789100:role/nobody' });
    expect(step.raw).not.toMatch(/^\s+at /m);
  },
  'The user agent in CloudTrail': async () => {
    const stage = await open();
    await stage.succeeds(oidc);
    const userAgent = stage.requests('AssumeRoleWithWebIdentity')[0]?.headers['user-agent'];
    expect(userAgent).toMatch(/assume-role\/1 md\/action#\w+ md\/run_id#\d+ md\/attempt#\d+$/);
  },
  'A step that fails': async () => {
    const stage = await openWithoutToken();
    // `fails` checks for every failing step that it leaves nothing.
    const step = await stage.fails({ ...withKeys, 'role-to-assume': 'nobody' });
    expect(step.environmentChanges).toEqual({});
    expect(await stage.finish()).toMatchObject([{ environmentChanges: {} }]);
  },
  'Base keys of a step with a role': async () => {
    const stage = await openWithoutToken();
    const step = await stage.succeeds({ ...keysAndRole, 'output-credentials': 'true' });
    expect(JSON.stringify([step.environmentChanges, step.outputs])).not.toContain(userKeys['aws-access-key-id']);
  },
  'Access keys, a role, and `aws-profile` or `output-env-credentials: false`': async () => {
    const environment = ({ containerEnvironment }: Stage['emulator']) => ({ ...containerEnvironment });
    const stage = await openWithoutToken({ environment });
    await stage.succeeds({ ...keysAndRole, 'aws-profile': 'dev' });
    await stage.succeeds({ ...keysAndRole, 'output-env-credentials': 'false' });
    expect(stage.requests('AssumeRole').map(({ callerArn }) => callerArn)).toEqual([user, user]);
  },
  '`aws-account-id` and `authenticated-arn` without exported keys': async () => {
    const stage = await open({ environment: userVariables });
    const modes = [{ 'aws-profile': 'dev' }, { 'output-env-credentials': 'false' }];
    for (const mode of modes) {
      const step = await stage.succeeds({ ...region, 'role-to-assume': prodRole, 'role-chaining': 'true', ...mode });
      expectArn(step, session(prodRole));
      expect(step.outputs['aws-account-id']).toBe('222222222222');
    }
  },
  '`mask-aws-account-id` without exported keys': async () => {
    const stage = await openWithoutToken();
    const named = { ...withKeys, 'role-to-assume': 'my-role', 'mask-aws-account-id': 'true' };
    for (const mode of [{ 'aws-profile': 'dev' }, { 'output-env-credentials': 'false' }]) {
      expect((await stage.succeeds({ ...named, ...mode })).log).not.toContain('123456789100');
    }
  },
  '`allowed-account-ids`': async () => {
    const stage = await open();
    await stage.refuses({ ...oidc, 'allowed-account-ids': '111111111111\n222222222222' }, '123456789100');
    const named = await openWithoutToken();
    await named.fails({ ...withKeys, 'role-to-assume': 'my-role', 'allowed-account-ids': '111111111111' });
    await named.succeeds({
      ...withKeys,
      'role-to-assume': 'my-role',
      'allowed-account-ids': '111111111111\n123456789100',
    });
  },
  'The post step': async () => {
    const stage = await open({ environment: { ...userVariables, AWS_REGION: 'eu-central-1' } });
    await stage.succeeds(oidc);
    const outer = { ...stage.job.environment };
    await stage.succeeds({ ...region, 'role-to-assume': prodRole });
    const [inner, last] = await stage.finish();
    const keyOf = (values: Readonly<Record<string, string>> = {}) => values.AWS_ACCESS_KEY_ID;
    expect(keyOf(inner?.environmentChanges)).toBe(keyOf(outer));
    expect(last?.environmentChanges).toMatchObject({ ...userVariables, AWS_REGION: 'eu-central-1' });
  },
  'The post step after an identity was kept': async () => {
    const stage = await openWithoutToken({ environment: userVariables });
    await stage.succeeds({ 'use-existing-credentials': 'true' });
    await stage.finish();
    expect(stage.job.environment).toMatchObject(userVariables);
  },
  'Other lines in `~/.aws`': async () => {
    const config = '# mine\r\n[default]\r\ns3 =\r\n  max_queue_size = 5\r\n[profile prod] # keep\r\nrole_arn = x';
    const stage = await open();
    await write(stage, 'config', config);
    await stage.succeeds({ ...oidc, 'aws-profile': 'dev' });
    expect(await read(stage, 'config')).toBe(`${config}\r\n[profile dev]\r\nregion = us-east-2`);
    await stage.finish();
    expect(await read(stage, 'config')).toBe(config);
  },
  'An existing profile, or an invalid profile name': async () => {
    const stage = await open();
    await write(stage, 'config', '[profile dev]\n');
    await stage.refuses({ ...oidc, 'aws-profile': 'dev' }, 'the profile dev is already');
    await stage.refuses({ ...oidc, 'aws-profile': 'a b' }, "'a b' cannot be the name");
  },
  '`overwrite-aws-profile: true`': async () => {
    const stage = await open();
    const before = '[dev]\naws_access_key_id=theirs\n';
    await write(stage, 'credentials', before);
    await stage.succeeds({ ...oidc, 'aws-profile': 'dev', 'overwrite-aws-profile': 'true' });
    expect(await read(stage, 'credentials')).not.toContain('theirs');
    await stage.finish();
    expect(await read(stage, 'credentials')).toBe(before);
  },
  '`AWS_PROFILE` set by the job or by the step': async () => {
    const stage = await openWithoutToken({ environment: { AWS_PROFILE: 'theirs' } });
    await write(stage, 'config', '[profile theirs]\nregion = eu-west-1\n');
    const step = await stage.succeeds(keysAndRole);
    const profile = step.environmentChanges.AWS_PROFILE ?? '';
    expect(await read(stage, 'config')).toContain(`[profile ${profile}]`);
    expect(await read(stage, 'config')).toMatch(/^credential_process = .*--environment$/m);
  },
  '`unset-current-credentials: true`': async () => {
    const left = { ...userVariables, AWS_SESSION_TOKEN: 'left', AWS_ROLE_ARN: firstRole };
    const stage = await open({ environment: left });
    const unset = { 'unset-current-credentials': 'true', 'aws-profile': 'dev' };
    await stage.fails({ ...unset, ...region, 'role-to-assume': 'arn:aws:iam::123456789100:role/nobody' });
    const step = await stage.succeeds({ ...unset, ...oidc });
    const blank = Object.fromEntries(Object.keys(left).map((name) => [name, '']));
    expect(step.environmentChanges).toEqual(blank);
  },
  'A role by name': async () => {
    const stage = await openWithoutToken({ change: documentedPartition('aws-us-gov') });
    const named = { ...userKeys, 'aws-region': 'us-gov-west-1', 'role-to-assume': 'my-github-actions-role' };
    await stage.succeeds(named);
    expect(stage.requests('AssumeRole')[0]?.parameters.RoleArn).toMatch(/^arn:aws-us-gov:iam::123456789100:/);
  },
  'The audience of a role in China': async () => {
    const stage = await open({ change: documentedPartition('aws-cn') });
    const role = 'arn:aws-cn:iam::123456789100:role/my-github-actions-role';
    await stage.succeeds({ 'aws-region': 'cn-north-1', 'role-to-assume': role });
    expect(stage.requests('GetIdToken')[0]?.parameters).toEqual({ audience: 'sts.amazonaws.com.cn' });
  },
  '`http-proxy`': async () => {
    const { stage, proxy } = await openBehindProxy(undefined, { change: documentedWorld });
    await stage.succeeds({ ...oidc, 'http-proxy': addressOf(proxy) });
    expect(proxy.asked).toEqual(everything);
    const lower = await openBehindProxy((one) => ({ http_proxy: addressOf(one) }), { change: documentedWorld });
    await lower.stage.succeeds(oidc);
    expect(lower.proxy.asked).toEqual(everything);
  },
  '`no-proxy` for a host on another port': async () => {
    const { stage, proxy } = await openBehindProxy(undefined, { change: documentedWorld });
    const { log } = await stage.fails({
      ...oidc,
      'http-proxy': addressOf(proxy),
      'no-proxy': stsHost,
      'disable-retry': 'true',
    });
    // The system's error code for a name that it cannot resolve.
    expect(log).toMatch(/ENOTFOUND|EAI_AGAIN/);
    expect(proxy.asked).toEqual([`CONNECT ${tokenHost}:443`]);
  },
  'An ID token for a second attempt': async () => {
    const stage = await open();
    stage.emulator.faults.add({ operation: 'AssumeRoleWithWebIdentity', fault: { kind: 'throttle' } });
    await stage.succeeds(oidc);
    expect(stage.requests('GetIdToken')).toHaveLength(2);
  },
  'Session tags that are too large': async () => {
    const stage = await openWithoutToken();
    stage.emulator.faults.add({ operation: 'AssumeRole', fault: { kind: 'packed-too-large' } });
    await stage.succeeds({ ...keysAndRole, 'transitive-tag-keys': 'RunId\nRepository' });
    expect(transitiveOf(stage, 1)).toEqual(['Repository']);
  },
  '`aws-region`': async () => {
    const stage = await open({ environment: { AWS_REGION: '' } });
    const step = await stage.succeeds({ 'role-to-assume': firstRole });
    expect(Object.keys(step.environmentChanges)).not.toContain('AWS_REGION');
  },
  '`force-skip-oidc: true` without keys or token file': async () => {
    const stage = await open({ environment: ({ containerEnvironment }) => ({ ...containerEnvironment }) });
    await stage.succeeds({ ...oidc, 'force-skip-oidc': 'true' });
    expect(stage.requests('AssumeRole')[0]?.callerArn).toMatch(/assumed-role\/runner\//);
  },
  '`GITHUB_` variables that are not set': async () => {
    const stage = await openWithoutToken({ job: { github: { workflow: '', actor: '', sha: '' } } });
    await stage.succeeds(keysAndRole);
    expect(Object.keys(tagsOf(stage))).toEqual(expect.not.arrayContaining(['Workflow', 'Actor', 'Commit']));
  },
  '`GetCallerIdentity` after the role was assumed': async () => {
    const stage = await open();
    await stage.succeeds(oidc);
    expect(stage.calls()).toEqual([`AssumeRoleWithWebIdentity ${firstRole}`]);
  },
  '`role-external-id` and other options that OIDC does not support': async () => {
    const stage = await open();
    const step = await stage.succeeds({ ...oidc, 'role-external-id': 'example-external-id' });
    expect(step.annotations).toMatchObject([
      { level: 'warning', message: expect.stringContaining('role-external-id') },
    ]);
  },
  'A request with several mistakes': async () => {
    const stage = await open();
    const wrong = { 'role-to-assume': 'arn:aws:iam::1:role/x', 'role-duration-seconds': '10', 'custom-tags': '{' };
    await stage.refuses({ ...region, ...wrong }, 'role-to-assume', 'role-duration-seconds', 'custom-tags');
  },
  'A role, but no source of credentials': async () => {
    const stage = await openWithoutToken();
    await stage.refuses(oidc, 'id-token: write', 'forks');
  },
  'The job summary': async () => {
    const stage = await open();
    expect((await stage.succeeds(oidc)).summary).toContain('my-github-actions-role');
    expect((await stage.succeeds({ ...oidc, 'job-summary': 'false' })).summary).toBe('');
  },
};

test.each(Object.entries(differences))('%s', (_, holds) => holds(), 120_000);

test('docs/migrating.md lists these differences, each with a reason', async () => {
  const text = await readFile(join(root, 'docs', 'migrating.md'), 'utf8');
  const rows = [...text.matchAll(/^\|(.+)\|(.+)\|(.+)\|(.+)\|$/gm)].map((row) =>
    row.slice(1).map((cell) => cell.trim()),
  );
  const listed = rows.filter(([what = '']) => what !== 'What' && !/^-+$/.test(what));
  expect(listed.map(([what]) => what)).toEqual(Object.keys(differences));
  expect(listed.filter((cells) => cells.includes(''))).toEqual([]);
});
