import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { load } from 'js-yaml';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { actionlint } from '../../scripts/tools/go-tools.js';
import { zizmor } from '../../scripts/tools/pip-tools.js';
import { findTool } from '../../scripts/tools/tool.js';
import { temporaryFolder } from '../support/folders.js';
import { blocksUnder, readPage } from '../support/page-blocks.js';
import { openStage, type Stage } from '../support/stage.js';
import { startMoto } from './moto.js';
import { makeOrganization } from './organization.js';
import { find, works } from './programs.js';

const execute = promisify(execFile);
const page = readPage('organization.md');
const [workflowText] = blocksUnder(page, 'The workflow', 'yaml');
const [inventory] = blocksUnder(page, 'The inventory', 'yaml');
const [script] = blocksUnder(page, 'The script', 'bash');
const [trust = '', permissions = ''] = blocksUnder(page, 'The role', 'json');

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | boolean>>;
}
const { jobs } = load(workflowText) as { jobs: Record<'list' | 'propose', { steps: readonly Step[] }> };
const stepOf = (job: 'list' | 'propose', name: string) => jobs[job].steps.find((step) => step.name === name) as Step;

const tools = ['aws', 'jq', 'git'].filter((program) => !works(find(program), ['--version']));
for (const missing of tools) {
  console.log(`Skipped, because this machine has no ${missing}.`);
}
const moto = tools.length === 0 ? await startMoto() : undefined;
afterAll(() => moto?.close());

const mark = '  # organization: made by .github/inventory.sh\n';
const line = (name: string, id: string, environment: string) =>
  `  ${name}: { via: hub, role-to-assume: arn:aws:iam::${id}:role/deploy, matrix: { environment: "${environment}" } }\n`;
/** The text between the two marks. */
const made = (text: string) => text.slice(text.indexOf(mark) + mark.length, text.indexOf('  # organization: end'));

describe.skipIf(moto === undefined)('docs/organization.md', () => {
  beforeEach(async () => void (await fetch(`${moto?.url}/moto-api/reset`, { method: 'POST' })));

  test('lists the active accounts of all units, keeps manual entries, and is valid', async () => {
    const organization = await makeOrganization(moto?.url ?? '');
    const { staging, production, nested, addAccounts, closeAccount } = organization;
    const many = Array.from({ length: 23 }, (_, index) => `Team ${String(index).padStart(2, '0')}`);
    const ids = await addAccounts(staging, many);
    const [payments = '', closed = '', again = ''] = await addAccounts(nested, [
      'Payments (EU)',
      'Old',
      'Payments EU!',
    ]);
    await closeAccount(closed);
    const [byHand = ''] = await addAccounts(production, ['By Hand']);
    const own = `  mine: [arn:aws:iam::111111111111:role/ci-hub, arn:aws:iam::${byHand}:role/deploy] # ours\n`;
    const before = inventory.replace(mark, own + mark);

    const repository = await openRepository(before);
    const units = `${staging} staging\n${production} production\n`;
    const after = await repository.list(units);
    const [first, second] = [payments, again].sort();
    expect(made(after)).toBe(
      [
        line('payments-eu', first ?? '', 'production'),
        line(`payments-eu-${second}`, second ?? '', 'production'),
        ...ids.map((id, index) => line(`team-${String(index).padStart(2, '0')}`, id, 'staging')),
      ].join(''),
    );
    expect(after.replace(made(after), '')).toBe(before);
    expect(await repository.list(units)).toBe(after);

    const matrix = JSON.parse((await repository.check()).outputs.matrix ?? '') as { include: { target: string }[] };
    expect(matrix.include.map(({ target }) => target)).toEqual(
      expect.arrayContaining(['partner', 'mine', 'payments-eu', 'team-00', 'team-22']),
    );
  });

  test('keeps the names of targets when accounts change', async () => {
    const { staging, addAccounts, closeAccount } = await makeOrganization(moto?.url ?? '');
    const [first = ''] = await addAccounts(staging, ['Web']);
    const repository = await openRepository();
    const units = `${staging} staging`;
    const listed = await repository.list(units);
    await writeFile(repository.file, listed.replace('  web:', '  shop:'));
    const [second = ''] = await addAccounts(staging, ['Shop']);
    const shops = line('shop', first, 'staging') + line(`shop-${second}`, second, 'staging');
    expect(made(await repository.list(units))).toBe(shops);
    await closeAccount(first);
    expect(made(await repository.list(units))).toBe(line(`shop-${second}`, second, 'staging'));
  });

  test('changes nothing when the answer is incomplete', async () => {
    const { staging, production, addAccounts } = await makeOrganization(moto?.url ?? '');
    const [web = ''] = await addAccounts(staging, ['Web']);
    const repository = await openRepository();
    for (const [units, reason] of [
      [`${production} production`, 'these units have no accounts'],
      [`${staging} staging\n${staging} production`, 'is in several lines of UNITS'],
      [`${staging}`, 'has to follow the unit in each line of UNITS'],
      ['ou-none-00000000 staging', 'TargetNotFoundException|ParentNotFoundException|InvalidInputException'],
    ] as const) {
      await expect(repository.list(units), units).rejects.toThrow(new RegExp(reason));
      expect(await readFile(repository.file, 'utf8')).toBe(inventory);
    }
    await writeFile(repository.file, inventory.replace(mark, ''));
    await expect(repository.list(`${staging} staging`)).rejects.toThrow('needs this line, once');
    const taken = inventory.replace(mark, mark + line('partner', web, 'staging'));
    await writeFile(repository.file, taken);
    await expect(repository.list(`${staging} staging`)).rejects.toThrow('partner appears twice');
  });
});

test.skipIf(tools.length > 0)('a change opens one pull request, and never changes an open one', async () => {
  const repository = await openClone();
  expect(await repository.propose('')).toContain('The inventory is up to date.');
  await writeFile(repository.file, `${inventory}  # changed\n`);
  expect(await repository.propose('https://github.com/o/r/pull/1')).toContain('::notice::Merge or close https://');
  expect(await repository.branches()).toEqual(['main']);
  expect(await repository.propose('')).toContain('gh pr create --base main --head inventory-77');
  expect(await repository.branches()).toEqual(['inventory-77', 'main']);
  expect(await repository.show('inventory-77')).toBe(`${inventory}  # changed\n`);
});

test('actionlint and zizmor accept the workflow', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, '.github', 'workflows', 'inventory.yml');
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, workflowText.replaceAll('org/assume-role@v1', `org/assume-role@${'0'.repeat(40)} # v1.0.0`));
  for (const [tool, args] of [
    [actionlint, [file]],
    [zizmor, ['--offline', '--quiet', file]],
  ] as const) {
    const found = await findTool(tool);
    if ('missing' in found) {
      console.log(`skipped: ${tool.name} could not be installed (${found.missing})`);
      continue;
    }
    const ended = await execute(found.path, args).catch((error: { code: number; stdout: string }) => error);
    expect('code' in ended ? [ended.code, ended.stdout] : [], tool.name).toEqual([]);
  }
});

/** A job of the workflow's first half: a session of the page's role from the emulator, and Organizations from moto. */
async function openRepository(text = inventory) {
  const stage: Stage = await openStage({
    change: (world) => {
      world.job = { ...world.job };
      world.job.claims = {
        ...world.job.claims,
        environment: '',
        job_workflow_ref: 'octo-org/octo-repo/.github/workflows/inventory.yml@refs/heads/main',
      };
      const { roles } = world.accounts['111111111111'] ?? {};
      if (roles) {
        roles['inventory-reader'] = { trustPolicy: JSON.parse(trust), policies: [JSON.parse(permissions)] };
      }
    },
    environment: { AWS_ENDPOINT_URL: moto?.url ?? '' },
  });
  const github = join(stage.job.folders.workspace, '.github');
  const file = join(github, 'aws-roles.yml');
  await mkdir(github, { recursive: true });
  await writeFile(join(github, 'inventory.sh'), script);
  await writeFile(file, text);
  const inputs = (step: Step | undefined) =>
    Object.fromEntries(Object.entries(step?.with ?? {}).map(([name, value]) => [name, String(value)]));
  await stage.succeeds(inputs(jobs.list.steps[1]));
  return {
    file,
    check: () => stage.succeeds(inputs(stepOf('list', 'Check the inventory'))),
    /** Runs the step that lists the accounts, and returns the inventory afterwards. */
    list: async (UNITS: string): Promise<string> => {
      const command = { command: find('bash'), args: ['-e', '-c', stepOf('list', 'List the accounts').run ?? ''] };
      const env = { UNITS, ROLE: 'deploy', PATH: process.env.PATH ?? '' };
      const step = await stage.job.run(command, { env, timeoutMs: 60_000 });
      if (step.exitCode !== 0) {
        throw new Error(step.log);
      }
      return readFile(file, 'utf8');
    },
  };
}

/** A clone with a remote, and a `gh` that reports zero or one open pull request and records its arguments. */
async function openClone() {
  const folder = await temporaryFolder();
  const [remote, clone, programs] = [join(folder, 'remote'), join(folder, 'clone'), join(folder, 'programs')];
  const git = async (...args: readonly string[]) =>
    (await execute('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args])).stdout;
  await git('init', '--quiet', '--bare', '--initial-branch=main', remote);
  await git('clone', '--quiet', remote, clone);
  const file = join(clone, '.github', 'aws-roles.yml');
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, inventory);
  await git('-C', clone, 'switch', '--quiet', '--create', 'main');
  await git('-C', clone, 'add', '--all');
  await git('-C', clone, 'commit', '--quiet', '--message', 'Begin');
  await git('-C', clone, 'push', '--quiet', 'origin', 'main');
  await mkdir(programs);
  const gh = '#!/bin/sh\nif [ "$1 $2" = "pr list" ]; then echo "$OPEN"; else echo "gh $*"; fi\n';
  await writeFile(join(programs, 'gh'), gh, { mode: 0o700 });
  return {
    file,
    branches: async () => (await git('-C', remote, 'branch', '--format=%(refname:short)')).trim().split('\n'),
    show: (branch: string) => git('-C', remote, 'show', `${branch}:.github/aws-roles.yml`),
    propose: async (OPEN: string) => {
      const PATH = [programs, process.env.PATH].join(delimiter);
      const env = { PATH, HOME: folder, OPEN, GITHUB_RUN_ID: '77', GITHUB_REF_NAME: 'main', GH_TOKEN: 'token' };
      const run = stepOf('propose', 'Open a pull request').run ?? '';
      return (await execute('bash', ['-e', '-c', run], { cwd: clone, env })).stdout;
    },
  };
}
