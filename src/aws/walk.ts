import { CallFailed } from '../domain/calls/call-failure.js';
import { guardFailure } from '../domain/chain/account-guard.js';
import type { AssumedRole } from '../domain/chain/assumed-role.js';
import type { Walker } from '../domain/chain/caller.js';
import { type HopNode, type HopTree, hopTrees, targetsOf } from '../domain/chain/hop-tree.js';
import { hopLine, hopPlace } from '../domain/chain/log-lines.js';
import type { FailedTarget, TargetOutcome } from '../domain/chain/outcome.js';
import type { Progress } from '../domain/chain/progress.js';
import { hopLocation, type Target } from '../domain/chain/target.js';
import type { IdentityArn } from '../domain/identifiers/arn.js';
import { aboutFailure, type BaseWalk, failureOf, openBaseWalk } from './base-walk.js';
import { type CallQueue, openCallQueue } from './call-queue.js';
import { makeHop } from './make-hop.js';
import { openBase } from './open-base.js';
import { renewable } from './renewable-session.js';
import type { HopServices, WalkServices } from './walk-services.js';

type Ended = readonly (readonly [Target, TargetOutcome])[];

/** Walks all targets in parallel, and shared hops once. Resolves to the outcomes in the order of the targets. */
export async function walk(targets: readonly Target[], services: WalkServices): Promise<readonly TargetOutcome[]> {
  const queue = openCallQueue();
  const paced = { ...services, queue };
  const ended = await Promise.all(hopTrees(targets).map((tree) => walkTree(tree, openBaseWalk(tree.base, paced))));
  logThrottling(queue, services.progress);
  const byTarget = new Map(ended.flat());
  return targets.map((target) => byTarget.get(target) as TargetOutcome);
}

/** Logs once that throttling slowed the whole walk; retries of single calls are logged one by one. */
function logThrottling({ throttling }: CallQueue, { info }: Progress): void {
  const slowed = throttling();
  if (slowed !== undefined) {
    const { throttledCalls, perSecond } = slowed;
    info(
      `AWS STS throttled ${throttledCalls} calls of this step, which slowed down to about ${perSecond.toFixed(1)} calls a second.`,
    );
  }
}

async function walkTree(tree: HopTree, baseWalk: BaseWalk): Promise<Ended> {
  const { base, services } = baseWalk;
  const targets = targetsOf(tree);
  let walker: Walker;
  try {
    const first = firstTarget(tree);
    const sts = services.stsFor(first.hops.length === 0 ? first : hopLocation(first, first.hops[0]));
    walker = await services.queue.inTurn(() => openBase(base, targets, { ...services, sts }));
  } catch (error) {
    const failure = failureOf(error);
    return targets.map((target) => [target, failedOutcome({ target, sessions: [], failure })] as const);
  }
  const ends = tree.ends.map((target) => [target, baseOutcome(target, walker)] as const);
  const identity = walker.kind === 'credentials' ? walker.identity : undefined;
  const start = { walker, sessions: [], ...(identity !== undefined && { baseIdentity: identity }) };
  const behind = await Promise.all(tree.children.map((node) => walkNode(node, start, baseWalk)));
  return [...ends, ...behind.flat()];
}

async function walkNode(
  node: HopNode,
  { walker, sessions, ...base }: Pick<FailedTarget, 'sessions' | 'baseIdentity'> & { readonly walker: Walker },
  baseWalk: BaseWalk,
): Promise<Ended> {
  let session: AssumedRole;
  try {
    session = await makeNode(node, walker, baseWalk);
  } catch (error) {
    const about = await aboutFailure(error, {
      walker,
      sts: baseWalk.services.stsFor(hopLocation(firstTarget(node), node.hop)),
      baseWalk,
    });
    return targetsOf(node).map(
      (target) => [target, failedOutcome({ target, sessions, hop: node.hop, ...base, ...about })] as const,
    );
  }
  const caller = walker.kind === 'credentials' ? walker.identity : undefined;
  const place = { index: sessions.length, targets: targetsOf(node), caller, base: baseWalk.base };
  baseWalk.services.progress.info(hopLine(session, place));
  const { identity, credentials } = session;
  const current = renewable(session, () => {
    baseWalk.services.progress.info(
      `${hopPlace(place.index, place.targets)}: assumed again, because its session expires soon.`,
    );
    return makeHop(node.hop, walker, { ...hopServices(node, baseWalk), isUrgent: true });
  });
  const reached = {
    walker: { kind: 'credentials', identity, credentials, current, chaining: 'yes' } as const,
    sessions: [...sessions, session],
    ...base,
  };
  const ends = node.ends.map((target): readonly [Target, TargetOutcome] => [
    target,
    { kind: 'reached', reached: { target, sessions: reached.sessions, identity, credentials, isKept: false, ...base } },
  ]);
  const behind = await Promise.all(node.children.map((child) => walkNode(child, reached, baseWalk)));
  return [...ends, ...behind.flat()];
}

/** Makes the hop of a node, and checks its session against the account guards. */
async function makeNode(node: HopNode, walker: Walker, baseWalk: BaseWalk): Promise<AssumedRole> {
  const session = await baseWalk.services.queue.inTurn(() => makeHop(node.hop, walker, hopServices(node, baseWalk)));
  const failure = guardFailure(session.identity.accountId, session.hop);
  if (failure !== undefined) {
    throw new CallFailed(failure);
  }
  return session;
}

function hopServices(node: HopNode, { services, base }: BaseWalk): HopServices {
  return {
    ...services,
    sts: services.stsFor(hopLocation(firstTarget(node), node.hop)),
    alphanumericSecret: services.alphanumericSecret && node.ends.length > 0,
    ...(base.kind === 'saml' && { providerArn: base.providerArn }),
  };
}

/** The first of the targets that share a hop or a base identity. */
function firstTarget(node: HopNode | HopTree): Target {
  return targetsOf(node)[0] as Target;
}

/** The outcome of a target without hops: the base identity, if its account is an allowed one. */
function baseOutcome(target: Target, walker: Walker): TargetOutcome {
  const { credentials, identity } = walker as Extract<Walker, { kind: 'credentials' }> & { identity: IdentityArn };
  const failure = guardFailure(identity.accountId, {
    allowedAccountIds: target.allowedAccountIds,
    operation: 'GetCallerIdentity',
  });
  if (failure !== undefined) {
    return failedOutcome({ target, sessions: [], caller: identity, failure });
  }
  return { kind: 'reached', reached: { target, sessions: [], identity, credentials, isKept: false } };
}

function failedOutcome(about: FailedTarget): TargetOutcome {
  return { kind: 'failed', failed: about };
}
