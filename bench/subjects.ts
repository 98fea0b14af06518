import { join } from 'node:path';
import type { Emulator } from '../emulator/server/emulator.js';
import { root } from '../scripts/root.js';
import { actionNode } from './action-node.js';
import { chainOf, hubArn, rolesOf, targetsOf } from './many-accounts.js';
import type { Subject } from './measure.js';
import { stepEnvironment } from './step-environment.js';

/** The names of the subjects, as the tables show them. */
export const names = {
  bare: 'node -e 0',
  oneByHand: 'one OIDC hop by hand',
  one: 'one OIDC hop',
  three: 'three hops',
  tenByHand: 'ten hops by hand',
  ten: 'ten hops',
  twentyByHand: 'twenty targets by hand, eight at a time',
  twenty: 'twenty targets behind one hub',
  refresh: 'refresh, served from cache',
  post: 'post',
  otherOne: 'one OIDC hop, the other action',
  otherNext: 'a further hop as a step of its own, the other action',
} as const;

/** Node without a script, the baseline. */
export function bareSubject(): Subject {
  return { name: names.bare, command: [actionNode, '-e', '0'], environment: {} };
}

/** One hop, three hops and twenty targets with this action. */
export function ourSubjects(emulator: Emulator) {
  const step = (name: string, inputs: Record<string, string>): Subject => ({
    name,
    command: [actionNode, join(root, 'dist/main/index.js')],
    environment: stepEnvironment(emulator, inputs),
  });
  return {
    one: step(names.one, { 'role-to-assume': hubArn }),
    three: step(names.three, { 'role-chain': chainOf(3) }),
    ten: step(names.ten, { 'role-chain': chainOf(10) }),
    twenty: step(names.twenty, { targets: targetsOf(20) }),
  };
}

/** The same calls without SDK, checks and masks. */
export function byHandSubjects(emulator: Emulator) {
  const calls = (name: string, roles: { ROLE_ARNS: string; FAN_OUT_ARNS?: string }): Subject => ({
    name,
    command: [actionNode, join(root, 'bench/by-hand.cjs')],
    environment: { ...stepEnvironment(emulator, {}), ...roles },
  });
  return {
    one: calls(names.oneByHand, { ROLE_ARNS: hubArn }),
    ten: calls(names.tenByHand, { ROLE_ARNS: chainOf(10) }),
    twenty: calls(names.twentyByHand, { ROLE_ARNS: hubArn, FAN_OUT_ARNS: rolesOf(20).join('\n') }),
  };
}

/** Another action, with one step per hop: the first with the ID token, the others with keys from the environment. */
export function otherSubjects(emulator: Emulator, entry: string): readonly Subject[] {
  const step = (name: string, inputs: Record<string, string>, environment: Record<string, string> = {}): Subject => ({
    name,
    command: [actionNode, entry],
    environment: { ...stepEnvironment(emulator, inputs), ...environment },
  });
  const { accessKeyId, secretAccessKey, sessionToken } = emulator.issue(hubArn);
  const keys = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
  const next = {
    'role-to-assume': rolesOf(1)[0] as string,
    'role-chaining': 'true',
    'role-skip-session-tagging': 'true',
  };
  return [step(names.otherOne, { 'role-to-assume': hubArn }), step(names.otherNext, next, keys)];
}
