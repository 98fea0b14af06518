import { expect, test } from 'vitest';
import { deploy, hub, production } from '../support/example-world.js';
import { readPage } from '../support/page-blocks.js';
import { chainOf, type Stage, session } from '../support/stage.js';
import { openAsking } from './asking/ask-clients.js';
import { findClients, findOldReaders } from './clients.js';
import { openStageWithProfile } from './stage-with-profile.js';

type Variables = Readonly<Record<string, string>>;

/** The rows of the table: the job, the inputs and variables of the step, and those of a later step. */
interface Form {
  readonly job?: Variables;
  readonly inputs?: Variables;
  readonly step?: Variables;
  readonly later?: Variables;
}

const theirs = { AWS_PROFILE: 'theirs' } as const;
const variablesOnly = { 'output-env-credentials': 'true' } as const;

const forms: Readonly<Record<string, Form>> = {
  'exports keys': {},
  'the same, and the job has an `AWS_PROFILE`': { job: theirs },
  'the same, and only the step has an `AWS_PROFILE`': { step: theirs },
  '`output-env-credentials: true`, and the job has an `AWS_PROFILE`': { job: theirs, inputs: variablesOnly },
  '`output-env-credentials: true`, and only the step has an `AWS_PROFILE`': { step: theirs, inputs: variablesOnly },
  '`aws-profile: deploy`, and a later step has `AWS_PROFILE: deploy`': {
    inputs: { 'aws-profile': 'deploy' },
    later: { AWS_PROFILE: 'deploy' },
  },
  '`aws-profile: deploy` and `output-env-credentials: true`': { inputs: { 'aws-profile': 'deploy', ...variablesOnly } },
  '`refresh: true`': { inputs: { refresh: 'true' } },
  '`refresh: true`, and the job has `AWS_SDK_LOAD_CONFIG: 1`': {
    job: { AWS_SDK_LOAD_CONFIG: '1' },
    inputs: { refresh: 'true' },
  },
};

/** The clients of a column; those of the last one run with their own home folder. */
const columns: Readonly<Record<string, readonly string[]>> = {
  'AWS CLI 1, boto3': ['AWS CLI', 'boto3'],
  'AWS CLI 2': ['AWS CLI 2'],
  Go: ['AWS SDK for Go v2'],
  'JavaScript 3': ['AWS SDK for JavaScript'],
  'JavaScript 2': ['AWS SDK for JavaScript 2'],
  'Serverless 3': ['Serverless 3'],
  'Docker action': ['AWS CLI', 'AWS CLI 2', 'boto3', 'AWS SDK for Go v2', 'AWS SDK for JavaScript'],
};

const [head = [], ...rows] = tableUnder('What each tool uses after the step');
const clients = [...(await findClients()), ...(await findOldReaders())];
const ask = openAsking();

test('the table has every form and every column', () => {
  expect(rows.map(([form]) => form)).toEqual(Object.keys(forms));
  expect(head.slice(1)).toEqual(Object.keys(columns));
});

test.each(rows.map(([form = '', ...cells]) => ({ form, cells })))('after a step: $form', async ({ form, cells }) => {
  const { job = {}, inputs = {}, step = {}, later = {} } = forms[form] ?? {};
  // Clients can find an identity only through the files and variables.
  const stage = await openStageWithProfile({ AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:9/', ...job });
  const result = await stage.run({ 'role-chain': chainOf(hub, deploy), ...inputs }, { env: step });
  expect(result.conclusion, result.log).toBe('success');
  const found = await Promise.all(head.slice(1).map((column) => identitiesIn(stage, column, later)));
  const expected = cells.map((cell) => cell.replaceAll('*', ''));
  expect(found).toEqual(found.map((cell, index) => (cell === 'no client' ? cell : expected[index])));
});

/** The identities of the clients of a column, in the words of the table. */
async function identitiesIn({ job }: Stage, column: string, later: Variables): Promise<string> {
  const home = column === 'Docker action' ? { HOME: '/github/home' } : {};
  const selected = clients.filter(({ name }) => columns[column]?.includes(name));
  const env = {
    ...job.environment,
    AWS_METADATA_SERVICE_NUM_ATTEMPTS: '1',
    AWS_METADATA_SERVICE_TIMEOUT: '10',
    ...later,
    ...home,
  };
  const answers = await Promise.all(selected.map(async (client) => (await ask(client, env)).who));
  const words: Readonly<Record<string, string>> = {
    [session(deploy)]: 'the role',
    [session(production, 'profile')]: 'the profile',
    error: 'an error',
  };
  return [...new Set(answers.map((who) => words[who] ?? who))].join(' or ') || 'no client';
}

/** The cells of the table under a heading, its head first. */
function tableUnder(heading: string): readonly (readonly string[])[] {
  const [, section = ''] = readPage('profiles.md').split(`## ${heading}\n`);
  const lines = section.split('\n');
  const begin = lines.findIndex((line) => line.startsWith('|'));
  const length = lines.slice(begin).findIndex((line) => !line.startsWith('|'));
  const cells = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  return lines
    .slice(begin, begin + length)
    .map(cells)
    .filter(([first = '']) => !/^-+$/.test(first));
}
