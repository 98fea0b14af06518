import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { StepResult } from '../../runner/step-result.js';
import answers from '../support/machines/answers.json' with { type: 'json' };
import {
  type Answers,
  answerOf,
  type ClientName,
  clientNames,
  expectedRegion,
  expectedStep,
  type MachineCase,
  machineCases,
} from '../support/machines/machine-case.js';
import { openMachine, openRole } from '../support/machines/open-machine.js';
import { nameOf } from '../support/machines/set-up.js';
import { type Stage, session } from '../support/stage.js';
import { openAsking } from './asking/ask-clients.js';
import { findClients } from './clients.js';

/**
 * With RECORD_ANSWERS=true, asks every client on the machines that answers.json lacks, and adds their answers. All
 * clients must be installed.
 */
const records = process.env.RECORD_ANSWERS === 'true';
const isRecorded = (machine: MachineCase) => Object.hasOwn(answers, machine.name);
const recorded: Record<string, Answers> = { ...answers };
const machines = machineCases.filter((machine) => records !== isRecorded(machine));

/** With one attempt, clients fail at once without a metadata service. */
const oneAttempt = { AWS_METADATA_SERVICE_NUM_ATTEMPTS: '1', AWS_METADATA_SERVICE_TIMEOUT: '10' };

const clients = (await findClients()).flatMap(({ name, answers }) => (answers ? [{ name, answers }] : []));
const ask = openAsking();

/** The step of the tests: a role that every identity may assume. */
const inputs = {
  'credential-source': 'default-chain',
  'role-to-assume': openRole,
  'role-skip-session-tagging': 'true',
} as const;

describe.each(machines.map((machine) => [machine.name, machine] as const))('on the machine: %s', (_, machine) => {
  const recordAnswers = async () => {
    const found = await identitiesOn(await openMachine(machine));
    const of = (client: ClientName) => found[client] ?? { who: 'missing', region: 'missing' };
    recorded[machine.name] = {
      who: clientNames.map((client) => of(client).who),
      region: clientNames.map((client) => of(client).region),
    };
  };

  const compareWithTable = async () => {
    const stage = await openMachine(machine);
    const table = clients.map(({ name }) => [name, answerOf(machine, name as ClientName)] as const);
    expect(await identitiesOn(stage)).toEqual(Object.fromEntries(table));
    const step = await stage.run(inputs);
    expect(baseOf(stage, step), step.log).toBe(expectedStep(machine));
    if (step.conclusion !== 'success') {
      return;
    }
    const region = expectedRegion(machine);
    expect(step.environmentChanges.AWS_REGION ?? 'none', step.log).toBe(region);
    expect(stage.requests('AssumeRole').at(-1)?.region).toBe(region === 'none' ? 'us-east-1' : region);
    const after = table.map(([name, own]) => {
      const who = machine.step?.after?.[name as ClientName] ?? nameOf(session(openRole));
      return [
        name,
        { who, region: who === 'error' ? expect.anything() : region === 'none' ? regionAfter(own) : region },
      ];
    });
    expect(await identitiesOn(stage), step.log).toEqual(Object.fromEntries(after));
  };

  if (records) {
    test('the clients answer, and their answers are recorded', recordAnswers);
  } else {
    test(
      'the clients, the step, and the clients after the step have the identities and Regions of the table',
      compareWithTable,
    );
  }
});

afterAll(() => {
  if (records) {
    const inOrder = machineCases.flatMap(({ name }) => (recorded[name] ? [[name, recorded[name]]] : []));
    const lines = inOrder.map(([name, found]) => `  ${JSON.stringify(name)}: ${JSON.stringify(found)}`);
    const path = join(import.meta.dirname, '..', 'support', 'machines', 'answers.json');
    writeFileSync(path, `{\n${lines.join(',\n')}\n}\n`);
  }
});

/** The Region of a client after a step that exports none: its own, if it has the form of a Region. */
function regionAfter({ region }: { readonly region: string }): string {
  return /^([a-z]+-)+\d$/.test(region) ? region : 'none';
}

/** The caller of the step's AssumeRole. */
function baseOf(stage: Stage, { conclusion }: StepResult): string {
  const arn = stage.requests('AssumeRole').at(-1)?.callerArn;
  return conclusion === 'success' && arn ? nameOf(arn) : 'refused';
}

/** The identity and Region of each client in a step of the job. */
async function identitiesOn({ job }: Stage): Promise<Record<string, { who: string; region: string }>> {
  const env = { ...job.environment, ...oneAttempt };
  const all = clients.map(async (client) => {
    const { who, region } = await ask(client, env);
    return [client.name, { who: nameOf(who), region }] as const;
  });
  return Object.fromEntries(await Promise.all(all));
}
