import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { profileText } from '../support/base-files.js';
import { arnsOf, path, roles, run, textbookCases, textbookPlace, withFile } from '../support/role-chain-files.js';
import type { Stage } from '../support/stage.js';
import { available, works } from './programs.js';
import { cliArn, runClient } from './run-client.js';

/** The calls that both clients make for a role, without the duration of middle hops, which each client chooses. */
function callsOf(requests: Stage['emulator']['requests']): unknown[] {
  const calls = requests.filter(({ operation }) => operation === 'AssumeRole');
  return calls.map(({ parameters: { DurationSeconds, ...others }, callerArn }, index) => {
    const isChosen = index === calls.length - 1 && DurationSeconds !== undefined && DurationSeconds !== '3600';
    return { ...others, callerArn, ...(isChosen && { DurationSeconds }) };
  });
}

const hasCli = available('the AWS CLI', works('aws', ['--version']));

describe.skipIf(!hasCli)('the AWS CLI reads the same file', () => {
  test.each(textbookCases)('and makes the same calls: $source', async (one) => {
    const setup = await textbookPlace(one);
    const environment = { ...setup.job.environment };
    const result = await run(setup, one.target);
    const ours = callsOf(setup.emulator.requests);
    const before = setup.emulator.requests.length;
    const file = { AWS_CONFIG_FILE: join(setup.job.folders.workspace, path) };
    expect(await cliArn({ ...environment, ...file }, one.target)).toBe(arnsOf(result)[one.target]);
    expect(callsOf(setup.emulator.requests.slice(before))).toEqual(ours);
  });

  test("and can use a source from the user's own credentials file where a job has its ID token", async () => {
    const setup = await withFile(roles.replaceAll('[production]', '[profile production]'));
    const result = await run(setup, 'production', { 'role-session-name': 'same' });
    const mine = `${profileText('mine')}[hub]\nsource_profile = mine\n[production]\nrole_session_name = same\n`;
    await setup.job.run(`mkdir -p "$HOME/.aws" && cat > "$HOME/.aws/credentials" <<'END'\n${mine}END`);
    const { AWS_ENDPOINT_URL_STS = '', HOME = '' } = setup.job.environment;
    const environment = { AWS_ENDPOINT_URL_STS, HOME, AWS_CONFIG_FILE: join(setup.job.folders.workspace, path) };
    expect(await cliArn(environment, 'production')).toBe(arnsOf(result).production);
  });

  test('and has, under every profile that the step wrote, the identity that the step reports', async () => {
    const setup = await withFile(roles);
    const result = await run(setup, 'staging\nproduction', { 'aws-profile': 'production' });
    const environment = { ...setup.job.environment, AWS_EC2_METADATA_DISABLED: 'true' };
    const arns = arnsOf(result);
    expect(await cliArn(environment, 'staging')).toBe(arns.staging);
    expect(await cliArn(environment)).toBe(arns.production);
  });
});

const hasBoto = available('boto3', works('python3', ['-c', 'import boto3']));
const whoAmI = "import boto3; print(boto3.client('sts', region_name='us-east-1').get_caller_identity()['Arn'])";

describe.skipIf(!hasBoto)('boto3 after the step', () => {
  test('has the role: for one target through variables, for several through a profile', async () => {
    const one = await withFile(roles);
    const result = await run(one, 'production');
    expect(await runClient('python3', ['-c', whoAmI], one.job.environment)).toBe(arnsOf(result).production);
    const several = await withFile(roles);
    const both = await run(several, 'staging\nproduction');
    const environment = { ...several.job.environment, AWS_PROFILE: 'staging' };
    expect(await runClient('python3', ['-c', whoAmI], environment)).toBe(arnsOf(both).staging);
  });
});
