import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hub } from '../../support/example-world.js';
import { snapshot } from '../../support/fan-out.js';
import { openStage } from '../../support/stage.js';

const deploy = (account: string) => `arn:aws:iam::${account.repeat(12)}:role/deploy`;
const path = '.github/aws-roles.yml';
const file = `
# yaml-language-server: $schema=https://example.com/role-chain-file.schema.json
defaults: { role-session-name: deploy, aws-region: eu-west-1 }
via:
  hub: [${hub}]
targets:
  staging: { via: hub, role-to-assume: ${deploy('2')}, matrix: { environment: staging, replicas: 2 } }
  prod-eu: { via: hub, role-to-assume: ${deploy('3')}, aws-region: eu-central-1,
             allowed-account-ids: "333333333333", matrix: { environment: production, approved: true } }
  audit: [${hub}, ${deploy('2')}]
`;

const setup = (text = file) => openStage({ region: false, workspace: { [path]: text } });

describe('an inventory', () => {
  test('becomes profiles for the selected targets, each with its Region, and walks a shared beginning once', async () => {
    const stage = await setup();
    const result = await stage.run({ 'role-chain-file': path, targets: 'all\n!audit' });
    expect(result.conclusion, result.log).toBe('success');
    expect(JSON.parse(result.outputs.targets ?? '')).toMatchObject({
      staging: { arn: 'arn:aws:sts::222222222222:assumed-role/deploy/deploy' },
      'prod-eu': { arn: 'arn:aws:sts::333333333333:assumed-role/deploy/deploy' },
    });
    expect(stage.requests('AssumeRoleWithWebIdentity')).toHaveLength(1);
    expect(stage.requests('AssumeRole').map(({ region }) => region)).toEqual(['eu-west-1', 'eu-central-1']);
    const config = await readFile(join(stage.job.folders.home, '.aws/config'), 'utf8');
    expect(config).toMatch(/\[profile staging\]\s+region = eu-west-1\s/);
    expect(config).toMatch(/\[profile prod-eu\]\s+region = eu-central-1\s/);
  });

  test('with mistakes is rejected before any call; all are reported together with their lines', async () => {
    const bad = `${file}  t1: { via: hbu, role-to-assume: ${deploy('2')} }\n  t2: { via: hub, rol-to-assume: x, aws_secret_access_key: wJalr }\n`;
    const stage = await setup(bad);
    const result = await stage.run({ 'role-chain-file': path, targets: 'staging' });
    expect(result.exitCode).toBe(1);
    const at = `role-chain-file ${path}, line`;
    for (const line of [
      `${at} 11, column 14, target t1, via: 'hbu' is not declared under via`,
      `${at} 12, column 19, target t2: 'rol-to-assume' is not a key of a target`,
      `${at} 12, column 37, target t2: the file is in the repository and must not contain keys`,
    ]) {
      expect(result.log).toContain(line);
    }
    expect(result.raw).not.toContain('wJalr');
    expect(stage.emulator.requests).toEqual([]);
    expect(await snapshot(stage.job.folders.home)).toEqual({});
  });
});

describe('a dry run', () => {
  const plan = async (inputs: Readonly<Record<string, string>>, text = file) => {
    const stage = await openStage({ region: false, workspace: { [path]: text }, idToken: false });
    const result = await stage.run({ 'role-chain-file': path, 'dry-run': 'true', ...inputs });
    expect(stage.emulator.requests).toEqual([]);
    return result;
  };

  test('sets the matrix for later jobs, without a call or a permission', async () => {
    const { outputs, log } = await plan({ targets: 'prod-*\nstaging' });
    expect(JSON.parse(outputs.matrix ?? '')).toEqual({
      include: [
        {
          target: 'staging',
          accountId: '222222222222',
          roleArn: deploy('2'),
          region: 'eu-west-1',
          environment: 'staging',
          replicas: 2,
        },
        {
          target: 'prod-eu',
          accountId: '333333333333',
          roleArn: deploy('3'),
          region: 'eu-central-1',
          environment: 'production',
          approved: true,
        },
      ],
    });
    expect(log).toContain('The output matrix has 2 entries.');
  });

  test('omits masked account IDs from the matrix, and rejects values that contain one', async () => {
    const masked = { targets: 'staging', 'mask-aws-account-id': 'true' };
    const { outputs, log } = await plan(masked);
    expect(JSON.parse(outputs.matrix ?? '')).toEqual({
      include: [{ target: 'staging', environment: 'staging', replicas: 2 }],
    });
    expect(log).not.toContain('222222222222');
    const refused = await plan(masked, file.replace('replicas: 2', 'replicas: a222222222222'));
    expect(refused.exitCode).toBe(1);
    expect(refused.log).toMatch(
      /line 7, column \d+, target staging, matrix, replicas: the value contains an account ID/,
    );
    expect(refused.outputs).toEqual({});
  });

  test('warns and sets no matrix when there are more targets than GitHub allows jobs', async () => {
    const many = Array.from({ length: 257 }, (_, index) => `  t${index}: ${deploy('2')}\n`).join('');
    const { annotations, outputs, conclusion } = await plan({ targets: 'all' }, `targets:\n${many}`);
    expect(conclusion).toBe('success');
    expect(outputs).toEqual({});
    expect(annotations.map(({ level, message }) => [level, message])).toEqual([
      ['warning', expect.stringContaining('at most 256 jobs of a matrix, and 257 targets are selected')],
    ]);
  });
});
