import { load } from 'js-yaml';
import type { PolicyStatement } from '../../emulator/world/world.js';
import { blocksUnder, readPage } from '../support/page-blocks.js';
import { serve } from '../support/servers.js';
import { find, works } from './programs.js';

const page = readPage('other-ci.md');

type Variables = Readonly<Record<string, string>>;

/** A CI system: the job's script on the page, the shell that runs it, and the system's variables for the job. */
interface System {
  readonly name: string;
  readonly shell: readonly string[];
  readonly script: () => string;
  readonly environment: (token: string) => Variables | Promise<Variables>;
  readonly sessionName: string;
  /** A program that the system provides, as a shell script. */
  readonly program?: readonly [name: string, script: string];
  /** Programs of the system's machines that the job's script needs. */
  readonly uses?: readonly string[];
}

// biome-ignore lint/suspicious/noExplicitAny: each system has a file of its own form
const file = (name: string): any => load(blocksUnder(page, name, 'yaml')[0]);
const uuid = '0192f3a4-5b6c-7d8e-9f01-23456789abcd';

const allSystems: readonly System[] = [
  {
    name: 'GitLab',
    shell: ['sh', '-e'],
    script: () => file('GitLab').deploy.script.join('\n'),
    environment: (token) => ({ CI_JOB_ID: '42', [Object.keys(file('GitLab').deploy.id_tokens)[0] ?? '']: token }),
    sessionName: 'gitlab-42',
  },
  {
    name: 'Buildkite',
    shell: ['bash', '-e'],
    script: () => file('Buildkite').steps[0].command.replaceAll('$$', '$'),
    environment: (token) => ({ BUILDKITE_JOB_ID: uuid, TOKEN: token }),
    sessionName: `buildkite-${uuid}`,
    program: ['buildkite-agent', '[ "$*" = "oidc request-token --audience sts.amazonaws.com" ] && echo "$TOKEN"'],
  },
  {
    name: 'CircleCI',
    shell: ['bash', '-eo', 'pipefail'],
    script: () => file('CircleCI').jobs.deploy.steps[1].run,
    environment: (token) => ({ CIRCLE_WORKFLOW_JOB_ID: uuid, CIRCLE_OIDC_TOKEN_V2: token }),
    sessionName: `circleci-${uuid}`,
  },
  {
    name: 'Azure DevOps',
    shell: ['bash'],
    script: () => file('Azure DevOps').steps[0].bash,
    environment: async (token) => ({
      BUILD_BUILDID: '7',
      SYSTEM_JOBATTEMPT: '1',
      SYSTEM_ACCESSTOKEN: 'access-token',
      SYSTEM_OIDCREQUESTURI: await azureTokens(token),
      AWS_SERVICE_CONNECTION_ID: uuid,
    }),
    sessionName: 'azure-7-1',
    uses: ['curl', 'jq'],
  },
  {
    name: 'Jenkins',
    shell: ['sh', '-xe'],
    script: () => /sh '''\n([\s\S]*?)'''/.exec(blocksUnder(page, 'Jenkins', 'groovy')[0])?.[1] ?? '',
    environment: (token) => ({ BUILD_TAG: `jenkins-${'platform-'.repeat(8)}deploy-7`, AWS_ID_TOKEN: token }),
    sessionName: `jenkins-${'platform-'.repeat(8)}deploy-7`.slice(-64),
  },
  {
    name: 'Bitbucket',
    shell: ['bash', '-e'],
    script: () => file('Bitbucket').pipelines.branches.main[0].step.script.join('\n'),
    environment: (token) => ({ BITBUCKET_STEP_UUID: `{${uuid}}`, BITBUCKET_STEP_OIDC_TOKEN: token }),
    sessionName: `bitbucket-${uuid}`,
  },
];

/** The systems on the page whose scripts this machine can run. */
export const systems = allSystems.filter(({ name, uses = [] }) => {
  const missing = uses.find((program) => !works(find(program), ['--version']));
  if (missing !== undefined) {
    console.log(`skipped: ${name}, because ${missing} is not installed`);
  }
  return missing === undefined;
});

/** A row of the page's table of issuers, audiences and subjects. */
export function tokenOf(name: string): { readonly iss: string; readonly aud: string; readonly sub: string } {
  const row = page.split('\n').find((line) => line.startsWith(`| ${name} |`)) ?? '';
  const [iss = '', aud = '', sub = ''] = [...row.matchAll(/`([^`]+)`/g)].map(([, cell = '']) => cell);
  return { iss, aud, sub };
}

/** The trust-policy statement for a row of the table. */
export function trustOf(name: string): PolicyStatement {
  const { iss, aud, sub } = tokenOf(name);
  const host = iss.replace('https://', '');
  const equals = { [`${host}:aud`]: aud, ...(!sub.includes('*') && { [`${host}:sub`]: sub }) };
  return {
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::111111111111:oidc-provider/${host}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: equals, ...(sub.includes('*') && { StringLike: { [`${host}:sub`]: sub } }) },
  };
}

/** Azure's ID-token endpoint. */
async function azureTokens(oidcToken: string): Promise<string> {
  const { url } = await serve((request, response) => {
    const sent = [request.method, request.headers.authorization, request.url].join(' ');
    const right = sent === `POST Bearer access-token /oidctoken?api-version=7.1&serviceConnectionId=${uuid}`;
    response.writeHead(right ? 200 : 400).end(JSON.stringify(right ? { oidcToken } : { message: sent }));
  });
  return `${url}/oidctoken`;
}
