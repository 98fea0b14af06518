import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { answersOf, clientNames, expectedStep, machineCases } from '../support/machines/machine-case.js';
import { openMachine } from '../support/machines/open-machine.js';
import { nameOf } from '../support/machines/set-up.js';
import type { Stage } from '../support/stage.js';
import { findClients } from './clients.js';

/** The AWS CLI and boto3 do not read AWS_REGION. With one attempt they fail at once without a metadata service. */
const helpful = { AWS_DEFAULT_REGION: 'eu-west-1', AWS_METADATA_SERVICE_NUM_ATTEMPTS: '1' };

const clients = findClients();

const execute = promisify(execFile);

describe.each(machineCases.map((machine) => [machine.name, machine] as const))('on the machine: %s', (_, machine) => {
  test('every client has the identity in the table', async () => {
    const stage = await openMachine(machine);
    const recorded = Object.fromEntries(clientNames.map((name, index) => [name, answersOf(machine)[index]]));
    const expected = Object.fromEntries(clients.map(({ name }) => [name, recorded[name]]));
    expect(await answers(stage)).toEqual(expected);
  });

  test('the step has the identity in the table', async () => {
    const stage = await openMachine(machine);
    const step = await stage.run({ 'credential-source': 'default-chain' });
    const arn = step.outputs['authenticated-arn'];
    expect(step.conclusion === 'success' && arn ? nameOf(arn) : 'refused', step.log).toBe(expectedStep(machine));
  });
});

/** The identity of each client in a step of the job. */
async function answers({ job }: Stage): Promise<Record<string, string>> {
  const env = { ...job.environment, ...helpful };
  const all = clients.map(async ({ name, identity: { command, args } }) => {
    const answer = await execute(command, args, { env, timeout: 60_000 }).catch(() => undefined);
    return [name, answer === undefined ? 'error' : nameOf(answer.stdout.trim())] as const;
  });
  return Object.fromEntries(await Promise.all(all));
}
