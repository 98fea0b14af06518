import type { Environment } from './environment.js';
import { type InputName, type RawInputs, trimmed } from './input-names.js';

/**
 * The inputs that configure-aws-credentials also reads from variables of the same name. Region and proxy are omitted:
 * their variables always apply.
 */
const translated: readonly InputName[] = [
  'role-to-assume',
  'web-identity-token-file',
  'role-chaining',
  'audience',
  'mask-aws-account-id',
  'role-duration-seconds',
  'role-external-id',
  'role-session-name',
  'role-skip-session-tagging',
  'transitive-tag-keys',
  'inline-session-policy',
  'managed-session-policies',
  'output-credentials',
  'unset-current-credentials',
  'disable-retry',
  'retry-max-attempts',
  'special-characters-workaround',
  'use-existing-credentials',
  'overwrite-aws-profile',
];

/** The value of an input that the workflow omits: empty, or its default in action.yml. */
const defaults = ['', 'false', 'GitHubActions'];

/**
 * Returns the inputs; with `translate-env-variables: true`, variables such as ROLE_TO_ASSUME set those that are
 * omitted.
 */
export function withVariables(inputs: RawInputs, environment: Environment): RawInputs {
  if (!['true', 'True', 'TRUE'].includes(trimmed(inputs, 'translate-env-variables'))) {
    return inputs;
  }
  const values = translated.flatMap((name) => {
    const value = environment[name.toUpperCase().replaceAll('-', '_')] ?? '';
    return value !== '' && defaults.includes(trimmed(inputs, name)) ? [[name, value] as const] : [];
  });
  return { ...inputs, ...Object.fromEntries(values) };
}
