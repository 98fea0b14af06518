import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { StepResult } from '../../../runner/step-result.js';
import { parseWorkflowCommand } from '../../../runner/workflow-command.js';
import { alteredSts } from '../../support/altered-sts.js';
import { deploy, hub, keys } from '../../support/example-world.js';
import { hostileTexts } from '../../support/hostile-texts.js';
import { openRefreshStage, untilRenewal } from '../../support/refresh-stage.js';
import { serve } from '../../support/servers.js';
import { chainOf, openStage, type Stage, type StageOptions } from '../../support/stage.js';

const evil = Object.values(hostileTexts).join(' ');
/** The same text without characters that a variable, a path or XML cannot contain. */
const evilVariable = evil.replaceAll('\0', '');
const evilXml = evil
  .replaceAll('\r', '&#13;')
  .replaceAll('\n', '&#10;')
  .replace(/[^\P{Cc}\t\u0085]/gu, '')
  .replaceAll('<', '');

const known = new Set([
  'save-state',
  'stop-commands',
  'add-mask',
  'set-output',
  'set-env',
  'error',
  'warning',
  'notice',
  'debug',
  'group',
  'echo',
  'add-path',
  'endgroup',
  'add-matcher',
  'remove-matcher',
]);
const ours = new Set(['add-mask', 'error', 'warning', 'notice', 'debug']);

/** Checks that the runner carried out only the action's own commands. */
function expectHarmless(step: StepResult): void {
  const commands = step.rawLines
    .map(({ line }) => parseWorkflowCommand(line, known))
    .filter((one) => one !== undefined);
  expect(commands.filter(({ name }) => !ours.has(name))).toEqual([]);
  expect(commands.filter(({ properties }) => properties.title === 'evil')).toEqual([]);
  expect(step.masks).not.toContain('a');
  expect(step.log).not.toContain('##[error]obeyed');
  expect(step.raw, 'nothing that a terminal obeys').not.toMatch(/[^\P{Cc}\n\t]|[\u2028\u2029\u202e]/u);
  expect(Object.keys(step.environmentChanges).filter((name) => !/^AWS_/.test(name))).toEqual([]);
  expect(step.rawSummary).not.toMatch(/[^\P{Cc}\n\t]|[\u2028\u2029]/u);
}

interface Entrance {
  readonly inputs: Readonly<Record<string, string>>;
  readonly options?: StageOptions;
  readonly files?: (stage: Stage) => Readonly<Record<string, string>>;
}

const refused = (body: string): StageOptions => ({
  environment: async (emulator) => {
    const { url } = await alteredSts(emulator.url, (answer, operation) => {
      if (operation !== 'AssumeRole') {
        return;
      }
      Object.assign(answer, { status: 403, body, headers: { 'content-type': 'text/xml' } });
    });
    return { AWS_ENDPOINT_URL_STS: url };
  },
});
const errorXml = (code: string, message: string, request: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>${request}</RequestId></ErrorResponse>`;
const tokenService = (status: number, body: string): StageOptions => ({
  environment: async () => {
    const { url } = await serve((_, response) => {
      response.statusCode = status;
      response.end(body);
    });
    return { ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/` };
  },
});
const jwt = (claims: object) =>
  `eyJhbGciOiJub25lIn0.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2lnbmF0dXJl`;
const yaml = JSON.stringify;
const chain = { 'role-chain': chainOf(hub, deploy), 'disable-retry': 'true' } as const;
const claims = {
  iss: evil,
  aud: evil,
  sub: evil,
  repository: evil,
  environment: evil,
  job_workflow_ref: evil,
  actor: evil,
};

const entrances: Readonly<Record<string, Entrance>> = {
  "AWS's code": { inputs: chain, options: refused(errorXml(`AccessDenied${evilXml}`, 'no', 'r')) },
  "AWS's message": { inputs: chain, options: refused(errorXml('AccessDenied', `no ${evilXml}`, 'r')) },
  "AWS's request ID": { inputs: chain, options: refused(errorXml('AccessDenied', 'no', evilXml)) },
  "a session's ARN": {
    inputs: chain,
    options: {
      environment: async (emulator) => {
        const { url } = await alteredSts(emulator.url, (answer) => {
          answer.body = answer.body.replace(/<Arn>[^<]*/, (arn) => `${arn}${evilXml}`);
        });
        return { AWS_ENDPOINT_URL_STS: url };
      },
    },
  },
  'the claims of a token': { inputs: chain, options: tokenService(200, JSON.stringify({ value: jwt(claims) })) },
  'the message of the token service': { inputs: chain, options: tokenService(403, JSON.stringify({ message: evil })) },
  'a page of the token service': { inputs: chain, options: tokenService(500, `<html><title>${evil}</title>`) },
  'the token of the token service': { inputs: chain, options: tokenService(200, JSON.stringify({ value: evil })) },
  'the name of a target': { inputs: { targets: `${yaml(evil)}: [${hub}, ${deploy}]` } },
  'the name of a hop': { inputs: { 'role-chain': `- ${yaml(evil)}` } },
  'a hop option': { inputs: { 'role-chain': `- { role-to-assume: ${hub}, ${yaml(evil)}: 1 }` } },
  'a session name': { inputs: { ...chain, 'role-session-name': evilVariable } },
  'an unknown input': { inputs: { ...chain, [`x${evilVariable}`]: evilVariable, 'dry-run': 'true' } },
  'sts-endpoint': { inputs: { ...chain, 'sts-endpoint': evilVariable } },
  'sts-endpoint of a machine': { inputs: { ...chain, 'sts-endpoint': `https://127.0.0.1:9/${evilVariable}` } },
  'a proxy': { inputs: { ...chain, 'http-proxy': evilVariable } },
  'a Region': { inputs: { ...chain, 'aws-region': evilVariable } },
  'a path': { inputs: { ...chain, 'role-chain-file': evilVariable, targets: 'a' } },
  'the path of a token in a role-chain file': {
    inputs: { 'role-chain-file': 'roles.ini', targets: 'staging' },
    files: ({ job }) => ({
      [join(job.folders.workspace, 'roles.ini')]:
        `[profile staging]\nrole_arn = ${hub}\nweb_identity_token_file = /x${evilVariable.replaceAll('\n', ' ')}\n`,
    }),
  },
  'a section of a role-chain file': {
    inputs: { 'role-chain-file': 'roles.ini', targets: 'staging' },
    files: ({ job }) => ({
      [join(job.folders.workspace, 'roles.ini')]:
        `[profile staging]\nrole_arn = ${hub}\nsource_profile = ${evilVariable}\n[x${evilVariable}]\n`,
    }),
  },
  'a profile of the machine': {
    inputs: { 'role-to-assume': hub, 'role-chaining': 'true' },
    options: { idToken: false, environment: { AWS_PROFILE: `x${evilVariable}` } },
    files: ({ job }) => ({
      [join(job.folders.home, '.aws/config')]:
        `[profile a${evilVariable.replaceAll('\n', ' ')}]\nregion = ${evilVariable}\n`,
    }),
  },
  'the path of AWS files': {
    inputs: { 'role-to-assume': hub, ...keys, 'aws-profile': 'prod' },
    options: { idToken: false, environment: { AWS_CONFIG_FILE: `/nowhere${evilVariable}` } },
  },
  'the name of a branch': {
    inputs: { ...chain, 'dry-run': 'true' },
    options: { job: { github: { ref: `refs/heads/${evilVariable}`, workflow: evilVariable, actor: evilVariable } } },
  },
};

describe('an injected workflow command', () => {
  test.each(Object.entries(entrances))(
    'in %s is not carried out, on any line and after any whitespace',
    async (_, entrance) => {
      const stage = await openStage(entrance.options);
      for (const [path, content] of Object.entries(entrance.files?.(stage) ?? {})) {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, content);
      }
      const step = await stage.job.step({ with: entrance.inputs });
      expect(step.raw.length).toBeGreaterThan(100);
      expectHarmless(step);
      for (const post of await stage.job.finish()) {
        expectHarmless(post);
      }
    },
  );

  test.each([
    ['prints', `console.warn(evil, secret)`],
    ['warns of', `process.emitWarning(evil + secret)`],
    ['throws without a handler', `throw new Error(evil + secret)`],
    ['rejects', `Promise.reject(new Error(evil + secret))`],
  ])('in what a library %s is not carried out, and its secret is not shown', async (_, statement) => {
    const secret = 'req-7f3kQ9xZ2mB8vL4nR6tW1yPq';
    const stage = await openStage({
      environment: { ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret },
      emulator: { latencyMs: 400 },
    });
    const library = join(stage.job.folders.workspace, 'library.cjs');
    const act = `setTimeout(() => { ${statement} }, 250)`;
    await writeFile(library, `const [evil, secret] = ${JSON.stringify([evilVariable, secret])}; ${act};`);
    const step = await stage.job.step({ with: chain, env: { NODE_OPTIONS: `--require=${library}` } });
    expect(step.raw).toContain('obeyed');
    expect(step.raw.replaceAll(`::add-mask::${secret}`, '')).not.toContain(secret);
    expect(step.stderr).toBe('');
    expectHarmless(step);
  });

  test('in AWS’s message is not carried out from stderr of a renewal', async () => {
    let isRefused = false;
    const stage = await openRefreshStage({
      environment: async (emulator) => {
        const { url } = await alteredSts(emulator.url, (answer, operation) => {
          if (isRefused && operation === 'AssumeRole') {
            Object.assign(answer, {
              status: 403,
              body: errorXml('AccessDenied', evilXml, evilXml),
              headers: { 'content-type': 'text/xml' },
            });
          }
        });
        return { AWS_ENDPOINT_URL_STS: url };
      },
    });
    await stage.succeeds({ ...chain, refresh: 'true' });
    stage.later(untilRenewal);
    isRefused = true;
    const command = await stage.command();
    const step = await stage.job.run(
      `${Object.entries(stage.clock())
        .map(([name, value]) => `export ${name}='${value}'`)
        .join('; ')}; ${command} || true`,
    );
    expect(step.stderr).toContain('AccessDenied');
    expect(step.state).toEqual({});
    expectHarmless(step);
  });
});
