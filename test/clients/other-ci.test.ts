import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/root.js';
import { deploy, hub, keyVariables, production } from '../support/example-world.js';
import { blocksUnder, readPage } from '../support/page-blocks.js';
import { openStage, session } from '../support/stage.js';
import { openMachine } from './ci-machine.js';
import { systems, trustOf } from './ci-systems.js';
import { findClients } from './clients.js';
import { find, works } from './programs.js';

const page = readPage('other-ci.md');
const inventory = `
defaults: { role-session-name: deploy, aws-region: eu-west-1 }
via:
  hub: [${hub}]
targets:
  staging: { via: hub, role-to-assume: ${deploy} }
  prod-eu: { via: hub, role-to-assume: ${production} }
`;
const aws = find('aws');
const hasCli = works(aws, ['--version']);
if (!hasCli) {
  console.log('Skipped, because this machine has no AWS CLI.');
}

describe.skipIf(!hasCli)('docs/other-ci.md', () => {
  test.each(systems)('$name gets the role from the file, and leaves nothing behind', async (system) => {
    const machine = await openMachine();
    const token = await machine.trust(system.name);
    if (system.program) {
      await machine.addProgram(...system.program);
    }
    const job = await machine.run(system.shell, system.script(), await system.environment(token));
    expect(job.stdout, job.stderr).toContain(session(deploy, system.sessionName));
    expect(job.stdout + job.stderr).not.toContain(token);
    expect(await readdir(machine.temp)).toEqual([]);
    expect(machine.roles()).toEqual([`${hub} as ${system.sessionName}`, `${deploy} as ${system.sessionName}`]);
  });

  test('every AWS client reads the profiles, whatever keys the agent has', async () => {
    const machine = await openMachine();
    const token = await machine.trust('GitLab');
    for (const { name, identity } of await findClients()) {
      const quoted = [identity.command, ...identity.args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
      const job = await machine.run(['sh', '-e'], `. ci/aws-roles.sh\nAWS_PROFILE=staging ${quoted}`, {
        ...keyVariables,
        AWS_ID_TOKEN: token,
        AWS_ROLE_SESSION_NAME: 'job-1',
      });
      expect(job.stdout.trim(), `${name}: ${job.stderr}`).toBe(session(deploy, 'job-1'));
    }
  });

  test('no job gets the session of the job before it, and a job without a token fails', async () => {
    const machine = await openMachine();
    const script = '. ci/aws-roles.sh\naws sts get-caller-identity --profile staging';
    const start = (AWS_ID_TOKEN: string, AWS_ROLE_SESSION_NAME: string) =>
      machine.run(['sh', '-e'], script, { AWS_ID_TOKEN, AWS_ROLE_SESSION_NAME });
    expect((await start(await machine.trust('GitLab'), 'job-1')).stdout).toContain(session(deploy, 'job-1'));
    const other = await start(await machine.token('GitLab', { sub: 'project_path:octo-org/other' }), 'job-2');
    expect(other.stderr).toContain('AccessDenied');
    const none = await start('', 'job-3');
    expect(none).toMatchObject({ stdout: '', stderr: expect.stringContaining('the job has no ID token') });
  });

  test('the trust policy matches the table', () => {
    const [policy] = blocksUnder(page, 'Trust', 'json');
    expect(JSON.parse(policy).Statement).toEqual([trustOf('GitLab')]);
  });

  test('a laptop starts from its own profile', async () => {
    const machine = await openMachine();
    const program = await machine.addProgram('aws', exportCredentials);
    const [credentials] = blocksUnder(page, 'Laptop', 'ini');
    // A launcher script of Python puts its own folder first on PATH, so the program needs its full path.
    await machine.write('home/.aws/ci-credentials', credentials.replace(' aws configure', ` ${program} configure`));
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = keyVariables;
    const own = `[me]\naws_access_key_id = ${AWS_ACCESS_KEY_ID}\naws_secret_access_key = ${AWS_SECRET_ACCESS_KEY}\n`;
    await machine.write('home/.aws/credentials', own);
    const [script] = blocksUnder(page, 'Laptop', 'sh');
    const shell = await machine.run(['bash', '-e'], script, {});
    expect(shell.stdout, shell.stderr).toMatch(/assumed-role\/deploy\/botocore-session/);
    expect(machine.roles()).toHaveLength(2);
  });

  test('a YAML inventory becomes such a file with one command', async () => {
    const machine = await openMachine();
    await machine.write('.github/aws-roles.yml', inventory);
    const [command] = blocksUnder(page, 'From a YAML inventory', 'sh');
    const made = await machine.run(
      ['sh', '-e'],
      `cd '${root}'\n${command.replaceAll('../octo-repo', machine.folder)}`,
      {},
    );
    expect(made.stderr).toBe('');
    const script = '. ci/aws-roles.sh\naws sts get-caller-identity --profile prod-eu';
    const environment = { AWS_ID_TOKEN: await machine.trust('GitLab'), AWS_ROLE_SESSION_NAME: 'job-1' };
    const job = await machine.run(['sh', '-e'], script, environment);
    expect(job.stdout, job.stderr).toContain(session(production, 'job-1'));
  });

  test('the GitHub step accepts the same file', async () => {
    const stage = await openStage();
    await writeFile(join(stage.job.folders.workspace, 'aws-roles.ini'), blocksUnder(page, 'The file', 'ini')[0]);
    const step = await stage.succeeds({ 'role-chain-file': 'aws-roles.ini', targets: 'staging' });
    expect(step.outputs['authenticated-arn']).toBe(session(deploy));
  });
});

/**
 * A command that version 2 of the AWS CLI has and version 1 lacks: it prints a profile's keys in the format of
 * `credential_process`.
 */
const exportCredentials = `
[ "$1 $2 $3" = "configure export-credentials --profile" ] || exec ${aws} "$@"
key=$(${aws} configure get aws_access_key_id --profile "$4"); secret=$(${aws} configure get aws_secret_access_key --profile "$4")
printf '{"Version": 1, "AccessKeyId": "%s", "SecretAccessKey": "%s"}' "$key" "$secret"`;
