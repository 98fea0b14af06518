import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { StepResult } from '../../runner/step-result.js';
import { deploy, hub, keys, production } from '../support/example-world.js';
import { chainOf, openStage, type Stage, session } from '../support/stage.js';
import { findClients } from './clients.js';
import { type Moto, startMoto } from './moto.js';
import { find, works } from './programs.js';

type Variables = Readonly<Record<string, string>>;

const moto = await startMoto();
afterAll(() => moto?.close());

const clients = await findClients();
const aws = find('aws');
const terraform = find('terraform');
const hasTerraform = works(terraform, ['version']);
if (!hasTerraform) {
  console.log('Skipped, because this machine has no Terraform.');
}

const backend = (s3: string, sts = s3) => `
terraform {
  backend "s3" {
    bucket         = "state"
    key            = "job.tfstate"
    region         = "eu-west-1"
    use_path_style = true
    endpoints      = { s3 = "${s3}", sts = "${sts}" }
  }
}

resource "terraform_data" "job" {
  input = "walked"
}
`;

const chain = { 'role-chain': chainOf(hub, deploy) };
const modes: readonly (readonly [string, Variables])[] = [
  ['as variables', chain],
  ['as a profile', { ...chain, 'aws-profile': 'ci' }],
  ['as a profile that renews its session', { ...chain, refresh: 'true' }],
];

/** moto provides STS and S3 here: an independent emulator, so that a mistake of ours cannot hide in both. */
describe.skipIf(moto === undefined)('moto as AWS', () => {
  const { url } = moto ?? ({ url: '' } as Moto);
  beforeEach(async () => void (await fetch(`${url}/moto-api/reset`, { method: 'POST' })));
  const open = (): Promise<Stage> => openStage({ environment: { AWS_ENDPOINT_URL: url, AWS_ENDPOINT_URL_STS: '' } });

  describe.each(modes)('with the session %s', (_, inputs) => {
    const later = inputs['aws-profile'] === undefined ? {} : { AWS_PROFILE: inputs['aws-profile'] };

    test('every client has the last role', async () => {
      const stage = await open();
      await stage.succeeds({ ...inputs, 'sts-endpoint': url });
      for (const { name, identity } of clients) {
        const step = await stage.job.run(identity, { env: later });
        expect(step.stdout.trim(), `${name}: ${step.log}`).toBe(session(deploy));
      }
    });

    test('every client stores an object in S3', async () => {
      const stage = await open();
      await stage.succeeds({ ...inputs, 'sts-endpoint': url });
      await fetch(`${url}/artifacts`, { method: 'PUT' });
      for (const { name, store } of clients) {
        const key = name.replaceAll(' ', '-');
        const step = await stage.job.run(store('artifacts', key), { env: later });
        expect(ended(step).stdout.trim(), name).toBe(key);
      }
    });

    test.skipIf(!hasTerraform)('Terraform stores its state in S3', async () => {
      const stage = await open();
      await stage.succeeds({ ...inputs, 'sts-endpoint': url });
      const { workspace } = stage.job.folders;
      await writeFile(join(workspace, 'main.tf'), backend(url));
      const environment = { ...later, CHECKPOINT_DISABLE: '1' };
      ended(await stage.job.run({ command: aws, args: ['s3', 'mb', 's3://state'] }, { env: later }));
      ended(await stage.job.run({ command: terraform, args: ['init', '-no-color'] }, { env: environment }));
      const apply = ['apply', '-no-color', '-auto-approve'];
      ended(await stage.job.run({ command: terraform, args: apply }, { env: environment }));
      const listed = await stage.job.run({ command: aws, args: ['s3', 'ls', 's3://state'] }, { env: later });
      expect(listed.stdout).toContain('job.tfstate');
    });
  });

  test.skipIf(!hasTerraform)('Terraform has the role of every target', async () => {
    const stage = await openStage();
    await stage.succeeds({ targets: `staging: [${hub}, ${deploy}]\nprod: [${hub}, ${production}]` });
    await fetch(`${url}/state`, { method: 'PUT' });
    await writeFile(join(stage.job.folders.workspace, 'main.tf'), backend(url, stage.emulator.url));
    for (const [profile, role] of [
      ['staging', deploy],
      ['prod', production],
    ] as const) {
      const environment = { AWS_PROFILE: profile, CHECKPOINT_DISABLE: '1' };
      const init = { command: terraform, args: ['init', '-no-color', '-reconfigure'] };
      ended(await stage.job.run(init, { env: environment }));
      expect(stage.requests('GetCallerIdentity').at(-1)?.callerArn).toBe(session(role));
    }
  });

  test('access keys also start a chain, and every target is a profile', async () => {
    const stage = await open();
    const targets = `staging: [${hub}, ${deploy}]\nprod: [${hub}, ${production}]`;
    await stage.succeeds({ ...keys, targets, refresh: 'true', 'sts-endpoint': url });
    for (const [profile, role] of [
      ['staging', deploy],
      ['prod', production],
    ] as const) {
      for (const { name, identity } of clients) {
        const step = await stage.job.run(identity, { env: { AWS_PROFILE: profile } });
        expect(step.stdout.trim(), `${name}: ${step.log}`).toBe(session(role));
      }
    }
  });
});

function ended(step: StepResult): StepResult {
  expect(step.exitCode, step.log).toBe(0);
  return step;
}
