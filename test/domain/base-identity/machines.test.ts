import { describe, expect, it } from 'vitest';
import { providerOf, toolIdentity } from '../../../src/domain/base-identity/aws-tools/tool-identity.js';
import { type Tool, tools } from '../../../src/domain/base-identity/aws-tools/tool-search.js';
import type { Machine } from '../../../src/domain/base-identity/machine.js';
import { machineBase } from '../../../src/domain/base-identity/machine-base.js';
import type { Provider } from '../../../src/domain/base-identity/provider.js';
import { sharedConfigPaths } from '../../../src/domain/shared-config/paths.js';
import { readSharedConfig } from '../../../src/domain/shared-config/read-shared-config.js';
import type { SharedConfigFile } from '../../../src/domain/shared-config/shared-config.js';
import {
  answerOf,
  clientNames,
  expectedStep,
  type MachineCase,
  machineCases,
} from '../../support/machines/machine-case.js';
import { setUp } from '../../support/machines/set-up.js';
import { reported } from '../../support/reported.js';

const home = '/home/runner';

/** Keys that contain a name, to tell them apart. */
const keysOf = (name: string) =>
  name === 'bot'
    ? { accessKeyId: 'AKIA ci-bot', secretAccessKey: 'x' }
    : { accessKeyId: `ASIA ${name}`, secretAccessKey: 'x', sessionToken: 'x' };

function machineOf(machine: MachineCase): Machine {
  const containerVariables = { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://container' };
  const places = { home, keysOf, containerVariables, metadata: 'http://metadata', nowhere: 'http://nowhere' };
  const { variables, config, credentials, files } = setUp(machine, places);
  const paths = sharedConfigPaths(variables, home);
  const texts: Readonly<Record<string, string | undefined>> = {
    [`${home}/.aws/config`]: config,
    [`${home}/.aws/credentials`]: credentials,
    ...files,
  };
  const file = (path: string, variable: string): SharedConfigFile => {
    const text = texts[path];
    const isMute = variables[variable] === '' || text?.startsWith('@latin1') === true;
    return { path, ...(text !== undefined && (isMute ? { text: '', fault: 'is not for every tool' } : { text })) };
  };
  return {
    environment: variables,
    files: readSharedConfig(
      file(paths.configFile, 'AWS_CONFIG_FILE'),
      file(paths.credentialsFile, 'AWS_SHARED_CREDENTIALS_FILE'),
    ),
  };
}

/** The session that a provider returns; undefined when only a service could say. */
function nameOf(provider: Provider): string | undefined {
  switch (provider.kind) {
    case 'keys':
      // The Go SDK removes quotes.
      return provider.credentials.accessKeyId.replaceAll('"', '').slice('ASIA '.length);
    case 'assume-role':
    case 'web-identity':
      return provider.roleSessionName;
    case 'container':
      return 'container';
    case 'metadata':
      return 'instance';
    default:
      return undefined;
  }
}

describe('a tool that is listed with an identity has it, or fails', () => {
  it.each(machineCases.map((machine) => [machine.name, machine] as const))('%s', (_, machine) => {
    const answers: Readonly<Record<Tool, string>> = {
      'AWS CLI and boto3': answerOf(machine, 'AWS CLI').who,
      'AWS CLI 2': answerOf(machine, 'AWS CLI 2').who,
      'AWS SDK for Go': answerOf(machine, 'AWS SDK for Go v2').who,
      'AWS SDK for JavaScript': answerOf(machine, 'AWS SDK for JavaScript').who,
    };
    for (const [tool, answer] of Object.entries(answers)) {
      const found = toolIdentity(tool as Tool, machineOf(machine));
      const name = found.kind === 'found' ? nameOf(found.provider) : undefined;
      if (name !== undefined && answer !== 'error') {
        expect(name, tool).toBe(answer);
      }
    }
  });
});

describe('the machine has the identity of the AWS CLI and boto3, or the step fails', () => {
  it.each(machineCases.map((machine) => [machine.name, machine] as const))('%s', (_, machine) => {
    const real = machineOf(machine);
    const { value, problems } = reported((places) => machineBase(real, places));
    const provider = value && providerOf(value.origin, real);
    const name = provider?.kind === 'found' ? nameOf(provider.provider) : undefined;
    const expected = expectedStep(machine);
    if (expected === 'refused') {
      const mayStillFail =
        machine.step?.isLate || name === undefined || ['pod', 'environment', 'instance', 'container'].includes(name);
      expect(problems.length > 0 || mayStillFail).toBe(true);
    } else {
      expect(problems).toEqual([]);
      expect(name ?? expected).toBe(expected);
    }
  });
});

it('every machine has the answers of every client', () => {
  for (const machine of machineCases) {
    for (const client of clientNames) {
      expect(Object.values(answerOf(machine, client)), machine.name).not.toContain('no answer was recorded');
    }
  }
});

/** Machines whose clients differ in something else than the identity, or whose keys are known to have expired. */
const otherReasons = new Set([
  'AWS_CREDENTIAL_EXPIRATION past',
  'Region with a comment behind it',
  'lines: values in quotes',
  'FIPS endpoints in the profile',
  'dual-stack endpoints in the profile',
]);

describe('tools whose clients disagree do not have one identity in common', () => {
  it.each(machineCases.map((machine) => [machine.name, machine] as const))('%s', (_, machine) => {
    const answers = new Set(clientNames.map((client) => answerOf(machine, client).who));
    const found = tools.map((tool) => toolIdentity(tool, machineOf(machine)));
    const common = new Set(found.map((one) => JSON.stringify(one.kind === 'found' ? one.provider : one)));
    const [first] = found;
    if (answers.size === 1 || common.size > 1 || first?.kind !== 'found' || otherReasons.has(machine.name)) {
      return;
    }
    // What fails is not kept: only these are asked for their keys.
    expect(['process', 'login', 'container']).toContain(first.provider.kind);
    expect(answerOf(machine, 'AWS CLI').who).toBe('error');
  });
});
