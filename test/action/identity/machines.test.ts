import { expect, test } from 'vitest';
import { expectedStep, machineCases } from '../../support/machines/machine-case.js';
import { openMachine } from '../../support/machines/open-machine.js';
import { nameOf } from '../../support/machines/set-up.js';

/** One machine of each kind; test/clients compares the whole table with real clients. */
const families = [
  'environment keys, metadata',
  'web identity',
  'AWS_DEFAULT_PROFILE',
  'both, different',
  'AWS_PROFILE empty, default, metadata',
  'AWS_PROFILE, environment keys',
  'AWS_PROFILE missing, container',
  'AWS_PROFILE settings only, metadata',
  'AWS_PROFILE, web identity',
  'half keys: id only',
  'role with source_profile',
  'role, source missing',
  'profile web identity and keys',
  'process expired',
  'process fails',
  'sso legacy, no token',
  'login session',
  'duplicate section in credentials',
  'linked files',
];

test.each(families)('the step has the identity of the AWS CLI and boto3, or fails: %s', async (name) => {
  const machine = machineCases.find((one) => one.name === name);
  if (machine === undefined) {
    throw new Error(`The table has no machine ${name}.`);
  }
  const stage = await openMachine(machine);
  const step = await stage.run({ 'credential-source': 'default-chain' });
  const arn = step.outputs['authenticated-arn'];
  expect(step.conclusion === 'success' && arn ? nameOf(arn) : 'refused', step.log).toBe(expectedStep(machine));
});
