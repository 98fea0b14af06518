import { CallFailed } from '../domain/calls/call-failure.js';
import { guardFailure } from '../domain/chain/account-guard.js';
import type { AssumedRole } from '../domain/chain/assumed-role.js';
import type { Caller, Walker } from '../domain/chain/caller.js';
import { type Hop, roleText } from '../domain/chain/hop.js';
import { type IdentityArn, isRoleArn, type RoleArn, roleArn } from '../domain/identifiers/arn.js';
import type { RoleChaining } from '../domain/session-limits/duration-limits.js';
import {
  durationProblem,
  durationsToTry,
  durationText,
  durationWarning,
} from '../domain/session-limits/duration-limits.js';
import { dropTags } from '../domain/session-limits/tags.js';
import { untilAlphanumeric } from './alphanumeric-secret.js';
import { type Attempt, assume } from './sts-calls.js';
import type { HopServices } from './walk-services.js';
import { withRetries } from './with-retries.js';

/**
 * Makes one hop; rejects with CallFailed. Retries it; if AWS refuses, tries the next shorter duration of `max`, or
 * omits the droppable default tags.
 */
export async function makeHop(hop: Hop, caller: Walker, services: HopServices): Promise<AssumedRole> {
  const role = resolveRole(hop, caller);
  const forbidden = guardFailure(role.accountId, hop, `the role ${role.arn}`);
  if (forbidden !== undefined) {
    throw new CallFailed({ ...forbidden, attempts: 0 });
  }
  checkDuration(hop, caller.chaining, services);
  const durations = durationsToTry(hop.durationSeconds, caller.chaining);
  let state = { step: 0, tags: hop.tags, droppedTags: [] as readonly string[] };
  const make = async (): Promise<AssumedRole> => {
    for (;;) {
      const durationSeconds = durations[state.step] ?? durations[0];
      try {
        const { tags, droppedTags } = state;
        return await attempts({ hop, role, durationSeconds, tags, droppedTags }, caller, services);
      } catch (error) {
        const next = afterRefusal(error, { hop, state, durations }, services);
        if (next === undefined) {
          throw error;
        }
        state = { ...state, ...next };
      }
    }
  };
  const session = await (services.alphanumericSecret ? untilAlphanumeric(make, services.signal) : make());
  return logDuration(session, durations[state.step] ?? durations[0], services);
}

function attempts(
  call: Pick<Attempt, 'hop' | 'role' | 'durationSeconds' | 'tags' | 'droppedTags'>,
  caller: Caller,
  services: HopServices,
): Promise<AssumedRole> {
  const { progress, signal, sts, providerArn } = services;
  let used: { readonly token: string; readonly count: number } | undefined;
  const sign = async (count: number): Promise<Attempt['signer']> => {
    if (caller.kind === 'credentials') {
      return { credentials: (await caller.current?.()) ?? caller.credentials };
    }
    const token = await caller.token(used !== undefined && used.count < count ? used.token : undefined);
    used = { token, count };
    return { token, ...(providerArn !== undefined && { providerArn }) };
  };
  const attempt = async (count: number): Promise<AssumedRole> => {
    const signer = await sign(count);
    return assume(sts, { ...call, signer, mask: progress.mask, signal, attempt: count });
  };
  const { operation } = call.hop;
  return withRetries({ what: roleText(call.role), operation, prepare: sign, attempt }, services);
}

/** Returns what to change before the hop is tried again; undefined if the failure is final. */
function afterRefusal(
  error: unknown,
  {
    hop,
    state,
    durations,
  }: {
    hop: Hop;
    state: { step: number; droppedTags: readonly string[]; tags: Hop['tags'] };
    durations: readonly number[];
  },
  { progress }: HopServices,
): { step: number } | { tags: Hop['tags']; droppedTags: readonly string[] } | undefined {
  if (!(error instanceof CallFailed)) {
    return undefined;
  }
  const { code, message } = error.failure;
  const isTooLong = code === 'ValidationError' && /MaxSessionDuration|1 hour session limit/.test(message);
  if (isTooLong && state.step + 1 < durations.length) {
    return { step: /1 hour session limit/.test(message) ? durations.length - 1 : state.step + 1 };
  }
  if (/^PackedPolicyTooLarge/.test(code) && state.droppedTags.length === 0) {
    const { kept, dropped } = dropTags(state.tags);
    if (dropped.length > 0) {
      progress.warn(
        `${roleText(hop.role)}: AWS says that the session tags are too large (${message}) The step makes the call again, without ${dropped.join(', ')}.`,
      );
      return { tags: kept, droppedTags: dropped };
    }
  }
  return undefined;
}

/** Returns the role of a hop with its account: a role that is only named is in the caller's account. */
function resolveRole({ role, operation }: Hop, caller: Caller): RoleArn {
  if (isRoleArn(role)) {
    return role;
  }
  const identity: IdentityArn | undefined = caller.kind === 'credentials' ? caller.identity : undefined;
  if (identity === undefined) {
    throw new CallFailed({
      operation,
      code: 'RoleNotFound',
      message: `the account of the role ${roleText(role)} is not known`,
      attempts: 0,
    });
  }
  return roleArn(identity.partition, identity.accountId, role);
}

/** Validates the duration before the call, if only the credentials showed whether the hop is role chaining. */
function checkDuration(hop: Hop, chaining: RoleChaining, { progress }: HopServices): void {
  const problem = durationProblem(hop.durationSeconds, chaining);
  if (problem !== undefined) {
    throw new CallFailed({
      operation: hop.operation,
      code: 'DurationTooLong',
      message: `${problem.what}. ${problem.fix}`,
      attempts: 0,
    });
  }
  const warning = durationWarning(hop.durationSeconds, chaining);
  if (warning !== undefined) {
    progress.warn(`${hop.where}: ${warning}`);
  }
}

function logDuration(session: AssumedRole, asked: number, { progress }: HopServices): AssumedRole {
  if (session.durationSeconds < asked && session.hop.durationSeconds !== 'max') {
    progress.warn(
      `${session.role.arn}: the session lasts ${durationText(session.durationSeconds)}, not ${durationText(asked)}: the assertion ends it (SessionNotOnOrAfter).`,
    );
  }
  if (session.hop.durationSeconds === 'max') {
    progress.info(`${session.role.arn}: max is ${durationText(session.durationSeconds)} here.`);
  }
  return session;
}
