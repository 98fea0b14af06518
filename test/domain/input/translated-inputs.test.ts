import { expect, it } from 'vitest';
import type { RawInputs } from '../../../src/domain/input/input-names.js';
import { withVariables } from '../../../src/domain/input/translated-inputs.js';

const environment = {
  ROLE_TO_ASSUME: 'role',
  ROLE_SESSION_NAME: 'name',
  DISABLE_RETRY: 'true',
  AUDIENCE: '',
  TARGETS: 'x',
};
const found = { 'role-to-assume': 'role', 'role-session-name': 'name', 'disable-retry': 'true' };

it.each<[RawInputs, RawInputs]>([
  [{}, {}],
  [{ 'translate-env-variables': 'false' }, {}],
  [{ 'translate-env-variables': 'yes' }, {}],
  [{ 'translate-env-variables': 'True' }, found],
  [{ 'translate-env-variables': ' true ', 'role-session-name': 'GitHubActions', 'disable-retry': 'false' }, found],
  [
    { 'translate-env-variables': 'true', 'role-to-assume': 'given' },
    { ...found, 'role-to-assume': 'given' },
  ],
])('variables named like inputs, with %j: %j', (inputs, wanted) => {
  expect(withVariables(inputs, environment)).toEqual({ ...inputs, ...wanted });
});
