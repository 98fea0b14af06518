import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { dirname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { deploy, hub, keys } from '../../support/example-world.js';
import { temporaryFolder } from '../../support/folders.js';
import { serve, serveProxy } from '../../support/servers.js';
import { chainOf, openStage } from '../../support/stage.js';

/**
 * The table of faults: what may stall, never end or be malformed, and the message that a user then finds in the log.
 * Every step must end within two seconds of its deadline.
 */

/** Deadlines in seconds: for a step that only its deadline ends, and for one that fails before. */
const deadlines = { lasting: 1, other: 5 } as const;

/** Additional milliseconds for a machine that is busy with other tests. */
const busy = 2_000;

interface Fault {
  /** Sets the fault up, and returns the inputs and variables with which the step meets it. */
  readonly setUp: (folders: Folders) => Promise<StepInput> | StepInput;
  readonly says: string | RegExp;
  /** Whether the step ends only at its deadline. */
  readonly lasts?: boolean;
}

/** The home folder and the workspace of the job. */
interface Folders {
  readonly home: string;
  readonly workspace: string;
}

interface StepInput {
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

const signed = { ...keys, 'role-to-assume': deploy } as const;

/** A proxy of STS or of the token service that handles CONNECT with a given function. */
const behind = (asked: 'STS' | 'token', connect: (client: Duplex) => void): Fault['setUp'] => {
  return async () => {
    const proxy = await serveProxy({ connect });
    const through = { 'http-proxy': proxy.url, 'disable-retry': 'true' };
    return asked === 'STS'
      ? { with: { ...signed, ...through, 'sts-endpoint': 'https://sts.example.com' } }
      : {
          with: { 'role-to-assume': hub, ...through },
          env: { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://tokens.example.com/token?a=b' },
        };
  };
};

const waits = { lasts: true, says: 'DeadlineExceeded' } as const;
const nothing = () => undefined;
const half = (client: Duplex) => void client.write('HTTP/1.1 200 Conn');
const open = (client: Duplex) => void client.write('HTTP/1.1 200 OK\r\n\r\n');

/** Proxies that stall a connection. */
const proxies: Readonly<Record<string, Fault>> = {
  'does not answer CONNECT for STS': { ...waits, setUp: behind('STS', nothing) },
  'stops in the answer to CONNECT for STS': { ...waits, setUp: behind('STS', half) },
  'stalls TLS with STS': { ...waits, setUp: behind('STS', open) },
  'does not answer CONNECT for the token service': { ...waits, setUp: behind('token', nothing) },
  'stops in the answer to CONNECT for the token service': { ...waits, setUp: behind('token', half) },
  'stalls TLS with the token service': { ...waits, setUp: behind('token', open) },
  'cuts the connection': { says: 'ECONNRESET: the proxy', setUp: behind('token', (client) => client.destroy()) },
};

const endless: RequestListener = (_, response) => {
  const piece = Buffer.alloc(65_536, 'x');
  const send = () => {
    while (!response.destroyed && response.write(piece)) {}
  };
  response.on('drain', send);
  send();
};
const twentyMegabytes: RequestListener = (_, response) => void response.end(Buffer.alloc(20_000_000, 'x'));
/** A session with keys that would break out of a line in an AWS file, a header or a variable. */
const brokenKey: RequestListener = (_, response) => {
  const element = (name: string, text: string) => `<${name}>${text}</${name}>`;
  const given =
    element('AccessKeyId', 'ASIA&#10;[default]') +
    element('SecretAccessKey', 'secret of the answer') +
    element('SessionToken', 'token of the answer');
  const credentials = element('Credentials', given + element('Expiration', '2999-01-01T00:00:00Z'));
  response.setHeader('content-type', 'text/xml');
  response.end(element('AssumeRoleResponse', element('AssumeRoleResult', credentials)));
};
const limit = 'the answer is larger than 1048576 bytes, the limit for an answer';

/** A service that answers with a given function. */
const served = (answer: RequestListener, input: (url: string) => StepInput): Fault['setUp'] => {
  return async () => input((await serve(answer)).url);
};
const asSts = (url: string): StepInput => ({ with: { ...signed, 'sts-endpoint': url, 'disable-retry': 'true' } });
const asTokens = (url: string): StepInput => ({
  with: { 'role-to-assume': hub, 'disable-retry': 'true' },
  env: { ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?a=b` },
});
const asMetadata = (url: string): StepInput => ({
  with: { 'role-to-assume': deploy, 'credential-source': 'Ec2InstanceMetadata' },
  env: { AWS_EC2_METADATA_SERVICE_ENDPOINT: url, AWS_EC2_METADATA_DISABLED: 'false' },
});
const asContainer = (url: string): StepInput => ({
  with: { 'role-to-assume': deploy, 'credential-source': 'EcsContainer' },
  env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/credentials` },
});

/** Answers that never end, or are too large. */
const answers: Readonly<Record<string, Fault>> = {
  'of STS, of 20 MB': { says: limit, setUp: served(twentyMegabytes, asSts) },
  'of STS, without an end': { says: limit, setUp: served(endless, asSts) },
  'of STS, with a line break in a key': { says: 'AWS never uses in keys', setUp: served(brokenKey, asSts) },
  'of the token service, of 20 MB': { says: 'larger than 65536 bytes', setUp: served(twentyMegabytes, asTokens) },
  'of the metadata service, without an end': { says: limit, setUp: served(endless, asMetadata) },
  'of the container endpoint, without an end': {
    ...waits,
    says: /larger than|Deadline/,
    setUp: served(endless, asContainer),
  },
};

type Put = (path: string) => void;

const pipe: Put = (path) => {
  mkdirSync(dirname(path), { recursive: true });
  execFileSync('mkfifo', [path]);
};
const endlessDevice: Put = (path) => {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync('/dev/zero', path);
};

const inHome = (put: Put, name: string, inputs: StepInput['with'] = signed): Fault['setUp'] => {
  return ({ home }) => {
    put(join(home, '.aws', name));
    return { with: inputs, env: { AWS_EC2_METADATA_DISABLED: 'true' } };
  };
};
const asInput = (put: Put, input: string, others: StepInput['with']): Fault['setUp'] => {
  return ({ workspace }) => {
    const path = join(workspace, 'given');
    put(path);
    return { with: { ...others, [input]: path } };
  };
};
const asVariable = (put: Put, variable: string, input: StepInput): Fault['setUp'] => {
  return ({ workspace }) => {
    const path = join(workspace, 'given');
    put(path);
    return { with: { 'role-to-assume': deploy, ...input.with }, env: { ...input.env, [variable]: path } };
  };
};

const profile = { ...signed, 'aws-profile': 'mine' };
const defaultChain = { 'role-to-assume': deploy, 'credential-source': 'default-chain' };
const inventory = { ...keys, targets: 'mine', 'dry-run': 'true' };
const saml = { 'role-to-assume': deploy, 'saml-provider-arn': 'arn:aws:iam::222222222222:saml-provider/x' };

/** Pipes and devices in place of files: opening one may block forever, reading one may never end. */
const files: Readonly<Record<string, Fault>> = {
  'as the config file, which the base comes from': { says: 'a pipe', setUp: inHome(pipe, 'config', defaultChain) },
  'as the credentials file, which the base comes from': {
    says: 'a device',
    setUp: inHome(endlessDevice, 'credentials', defaultChain),
  },
  'as the config file that gets a profile': { says: 'a pipe', setUp: inHome(pipe, 'config', profile) },
  'as the lock of the config file': {
    says: 'not a regular file',
    setUp: inHome(pipe, 'config.assume-role.lock', profile),
  },
  'as the role-chain file': { says: 'a pipe', setUp: asInput(pipe, 'role-chain-file', inventory) },
  'as the token file': { says: 'a pipe', setUp: asInput(pipe, 'web-identity-token-file', { 'role-to-assume': hub }) },
  'as an endless token file': {
    says: 'a device',
    setUp: asInput(endlessDevice, 'web-identity-token-file', { 'role-to-assume': hub }),
  },
  'as the assertion file': { says: 'a pipe', setUp: asInput(pipe, 'saml-assertion-file', saml) },
  'as the token file of the machine': {
    says: 'a pipe',
    setUp: asVariable(pipe, 'AWS_WEB_IDENTITY_TOKEN_FILE', {
      with: { 'credential-source': 'default-chain' },
      env: { AWS_ROLE_ARN: hub },
    }),
  },
  'as the token file of the container': {
    says: 'a pipe',
    setUp: asVariable(pipe, 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', {
      with: { 'credential-source': 'EcsContainer' },
      env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:9/credentials' },
    }),
  },
};

const withContainer = (environment: Readonly<Record<string, string>>): Fault['setUp'] => {
  return () => ({ with: { 'role-to-assume': deploy, 'credential-source': 'EcsContainer' }, env: environment });
};

/** Unreachable paths and addresses: the log explains the error code of the system or the SDK. */
const unreachable: Readonly<Record<string, Fault>> = {
  'a path through a file': {
    says: 'a part of the path is a file, not a folder (ENOTDIR). Check the path.',
    setUp: ({ workspace }) => {
      writeFileSync(join(workspace, 'file'), '');
      return { with: { ...inventory, 'role-chain-file': join(workspace, 'file', 'roles.ini') } };
    },
  },
  'an invalid address of the container': {
    says: 'its address is invalid: AWS_CONTAINER_CREDENTIALS_FULL_URI',
    setUp: withContainer({ AWS_CONTAINER_CREDENTIALS_FULL_URI: 'no address' }),
  },
  'an address of the container on another machine': {
    says: 'must be https, or http on loopback',
    setUp: withContainer({ AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://10.0.0.1/credentials' }),
  },
  'no address of the container': {
    says: 'neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set',
    setUp: withContainer({}),
  },
  'a missing token file of the container': {
    says: '/nowhere/token does not exist. Check AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
    setUp: withContainer({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:9/credentials',
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/nowhere/token',
    }),
  },
};

/** Files that exceed the size limit, or have the wrong content. */
const invalidFiles: Readonly<Record<string, Fault>> = {
  'a role-chain file of 6 MB': {
    says: 'larger than 5242880 bytes',
    setUp: asInput((path) => writeFileSync(path, `# ${'x'.repeat(98)}\n`.repeat(60_000)), 'role-chain-file', inventory),
  },
  'a credentials file of 11 MB': {
    says: 'larger than 10485760 bytes',
    setUp: inHome(
      (path) => {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, Buffer.alloc(11_000_000, '#'));
      },
      'credentials',
      defaultChain,
    ),
  },
  'a role-chain file of a million bytes of another kind': {
    says: /\(112501 problems\)[\s\S]*And 112451 more problems\./,
    setUp: asInput((path) => writeFileSync(path, 'no words\n'.repeat(112_500)), 'role-chain-file', inventory),
  },
};

describe.each([
  ['a proxy that', proxies],
  ['an answer', answers],
  ['a pipe or device', process.platform === 'win32' ? {} : files],
  ['an invalid file:', invalidFiles],
  ['an unreachable path or address:', unreachable],
])('%s', (_, faults) => {
  test.each(Object.entries(faults))(
    '%s ends with the step, and the log names it',
    async (__, { setUp, says, lasts = false }) => {
      const folders = { home: await temporaryFolder(), workspace: await temporaryFolder() };
      const input = await setUp(folders);
      const stage = await openStage({ job: folders, ...(input.env && { environment: input.env }) });
      const seconds = lasts ? deadlines.lasting : deadlines.other;
      const step = await stage.fails({ 'action-timeout-s': String(seconds), ...input.with });
      if (typeof says === 'string') {
        expect(step.log).toContain(says);
      } else {
        expect(step.log).toMatch(says);
      }
      expect(step.log.length).toBeLessThan(20_000);
      expect(step.durationMs).toBeLessThan(seconds * 1_000 + (lasts ? 2_000 : 0) + busy);
    },
  );
});

describe('the null device', () => {
  test.skipIf(process.platform === 'win32')('in place of AWS files is read as empty', async () => {
    const stage = await openStage({
      environment: { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' },
    });
    await stage.succeeds({ ...keys, 'role-chain': chainOf(hub, deploy) });
  });
});
