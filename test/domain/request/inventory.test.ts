import { describe, expect, it } from 'vitest';
import { InvalidRequest } from '../../../src/domain/input/problem.js';
import { readRequest } from '../../../src/domain/request/read-request.js';
import type { Request } from '../../../src/domain/request/request.js';
import { deploy, hub } from '../../support/example-world.js';

const job = { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.example', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't' };

function read(
  file: string,
  inputs: Readonly<Record<string, string>> = {},
  { environment = {}, path = 'roles.yml' }: { environment?: Record<string, string>; path?: string } = {},
): Request {
  return readRequest({
    inputs: { targets: 'all', 'role-chain-file': path, ...inputs },
    environment: { ...job, ...environment },
    roleChainFile: { path, text: file },
  });
}

const last = ({ targets }: Request, index = 0) => targets[index]?.hops.at(-1);
const inventory = (defaults: string, target = `{ via: hub, role-to-assume: ${deploy} }`) =>
  `defaults: ${defaults}\nvia: { hub: [${hub}] }\ntargets:\n  a: ${target}\n`;

describe('the defaults of an inventory', () => {
  it('apply to the last hop of every target', () => {
    const { targets } = read(
      inventory(
        '{ role-session-name: file, role-duration-seconds: 30m, role-external-id: x1, allowed-account-ids: "222222222222" }',
      ),
    );
    expect(targets[0].hops[0]).toMatchObject({
      roleSessionName: 'GitHubActions',
      durationSeconds: 900,
      allowedAccountIds: [],
    });
    expect(targets[0].hops[1]).toMatchObject({
      roleSessionName: 'file',
      durationSeconds: 1800,
      externalId: 'x1',
      allowedAccountIds: [['222222222222']],
    });
  });

  it('are overridden by the target, and by the step', () => {
    const defaults = '{ role-session-name: file, custom-tags: { Team: file }, transitive-tag-keys: [Team] }';
    const own = `{ via: hub, role-to-assume: ${deploy}, role-session-name: own }`;
    expect(last(read(inventory(defaults)))).toMatchObject({ roleSessionName: 'file', transitiveTagKeys: ['Team'] });
    expect(last(read(inventory(defaults), { 'role-session-name': 'step' }))?.roleSessionName).toBe('step');
    expect(last(read(inventory(defaults, own), { 'role-session-name': 'step' }))?.roleSessionName).toBe('own');
    const tags = { 'custom-tags': '{"Team":"step"}', 'transitive-tag-keys': 'Team' };
    expect(last(read(inventory(defaults), tags))).toMatchObject({
      tags: [{ key: 'Team', value: 'step' }],
      transitiveTagKeys: ['Team'],
    });
  });

  it('but the account guard of the step is added to that of the file', () => {
    const defaults = '{ allowed-account-ids: ["222222222222", "333333333333"] }';
    expect(last(read(inventory(defaults), { 'allowed-account-ids': '222222222222' }))?.allowedAccountIds).toEqual([
      ['222222222222', '333333333333'],
      ['222222222222'],
    ]);
    const own = `{ via: hub, role-to-assume: ${deploy}, allowed-account-ids: "222222222222" }`;
    expect(last(read(inventory(defaults, own)))?.allowedAccountIds).toEqual([['222222222222']]);
  });

  it('that the only, federated hop of a target cannot use cause one warning', () => {
    const file = `defaults: { custom-tags: { Team: file } }\ntargets:\n  a: [${hub}]\n  b: [arn:aws:iam::111111111111:role/b]\n`;
    expect(read(file).warnings.filter((text) => text.includes('custom-tags'))).toEqual([
      'defaults: custom-tags has no effect here: AssumeRoleWithWebIdentity, which makes the only hop, has no such parameter.',
    ]);
  });

  it('may set the source identity of the last hop, when the step sets none before', () => {
    const defaults = '{ source-identity: file }';
    expect(read(inventory(defaults)).targets[0].hops.map((hop) => hop.sourceIdentity)).toEqual([undefined, 'file']);
    expect(last(read(inventory(defaults), { 'source-identity': 'step' }))?.sourceIdentity).toBe('step');
  });
});

describe('the Region of a target', () => {
  const own = `{ via: hub, role-to-assume: ${deploy}, aws-region: eu-central-1 }`;
  const ini = `[profile hub]\nrole_arn = ${hub}\n[profile a]\nrole_arn = ${deploy}\nsource_profile = hub\nregion = eu-central-1\n`;
  const regions = ({ targets }: Request) => [targets[0].region, ...targets[0].hops.map((hop) => hop.region)];

  it.each<[string, string, Record<string, string>, Record<string, string>, readonly (string | undefined)[]]>([
    [
      'its own first',
      inventory('{ aws-region: eu-west-1 }', own),
      { 'aws-region': 'us-east-1' },
      {},
      ['eu-central-1', 'us-east-1', 'eu-central-1'],
    ],
    [
      'its own before that of the job',
      inventory('{}', own),
      {},
      { AWS_REGION: 'eu-north-1' },
      ['eu-central-1', 'eu-north-1', 'eu-central-1'],
    ],
    [
      'the input before the defaults',
      inventory('{ aws-region: eu-west-1 }'),
      { 'aws-region': 'us-east-1' },
      {},
      ['us-east-1', 'us-east-1', 'us-east-1'],
    ],
    [
      'the defaults before the job',
      inventory('{ aws-region: eu-west-1 }'),
      {},
      { AWS_REGION: 'eu-north-1' },
      ['eu-west-1', 'eu-west-1', 'eu-west-1'],
    ],
    [
      'that of the job',
      inventory('{}'),
      {},
      { AWS_DEFAULT_REGION: 'eu-north-1' },
      ['eu-north-1', 'eu-north-1', 'eu-north-1'],
    ],
    ['none', inventory('{}'), {}, {}, [undefined, undefined, undefined]],
    [
      'its own for all hops when no other is given',
      inventory('{}', own),
      {},
      {},
      ['eu-central-1', 'eu-central-1', 'eu-central-1'],
    ],
  ])('%s', (_, file, inputs, environment, wanted) => {
    expect(regions(read(file, inputs, { environment }))).toEqual(wanted);
  });

  it('may also be its own in INI', () => {
    const request = read(ini, { targets: 'a' }, { path: 'roles.ini', environment: { AWS_REGION: 'eu-north-1' } });
    expect(regions(request)).toEqual(['eu-central-1', 'eu-north-1', 'eu-central-1']);
  });

  it('does not change the hops that several targets share', () => {
    const file = `via: { hub: [${hub}] }\ntargets:\n  a: ${own}\n  b: { via: hub, role-to-assume: ${deploy}, aws-region: us-west-2 }\n`;
    const { targets } = read(file);
    expect(targets.map(({ hops }) => hops[0]?.region)).toEqual([undefined, undefined]);
    expect(targets.map(({ hops }) => hops[1]?.region)).toEqual(['eu-central-1', 'us-west-2']);
  });

  it('of another partition than the step’s also applies to its shared hops', () => {
    const gov = 'arn:aws-us-gov:iam::111111111111:role';
    const file = `targets:\n  a: { role-chain: [${gov}/hub, ${gov}/x], aws-region: us-gov-west-1 }\n`;
    const request = read(file, {}, { environment: { AWS_REGION: 'eu-west-1' } });
    expect(regions(request)).toEqual(['us-gov-west-1', 'us-gov-west-1', 'us-gov-west-1']);
  });

  it('that no role of it can have is a problem at its place', () => {
    const wrong = inventory('{}', `{ via: hub, role-to-assume: ${deploy}, aws-region: cn-north-1 }`);
    expect(() => read(wrong)).toThrow(InvalidRequest);
    expect(() => read(wrong)).toThrow(
      /^role-chain-file roles\.yml, line 4, column \d+, target a, aws-region: 'cn-north-1'/m,
    );
  });

  it('may be inline next to the chain', () => {
    const request = readRequest({
      inputs: { targets: `a: { role-chain: [${hub}, ${deploy}], aws-region: eu-central-1 }` },
      environment: { ...job, AWS_REGION: 'eu-north-1' },
    });
    expect(regions(request)).toEqual(['eu-central-1', 'eu-north-1', 'eu-central-1']);
  });
});

it.each([
  [
    'too many targets',
    `targets:\n${Array.from({ length: 10_001 }, (_, at) => `  t${at}: x\n`).join('')}`,
    '10001 targets',
  ],
  ['no targets', 'via: {}\n', 'declares no targets'],
  ['a list of targets', `targets: [${hub}]\n`, 'targets is not a map'],
])('of a file with %s only that is reported, whatever was selected', (_, file, what) => {
  for (const targets of ['all', 'a', '!a', 'a*']) {
    expect(() => read(file, { targets })).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ what: expect.stringContaining(what) })] }),
    );
  }
});
