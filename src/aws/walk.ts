import { guardFailure } from '../domain/chain/account-guard.js';
import type { BaseIdentity } from '../domain/chain/base-identity.js';
import { CallFailed, type CallFailure } from '../domain/chain/call-failure.js';
import { type HopNode, type HopTree, hopTrees, targetsOf } from '../domain/chain/hop-tree.js';
import { hopLine } from '../domain/chain/log-lines.js';
import type { AssumedRole, FailedTarget, TargetOutcome } from '../domain/chain/outcome.js';
import type { Target } from '../domain/chain/target.js';
import type { IdentityArn } from '../domain/iam/arn.js';
import type { Credentials } from '../domain/iam/credentials.js';
import { readClaims } from '../domain/id-token/claims.js';
import { type Limit, limitOf } from './concurrency.js';
import { makeHop } from './make-hop.js';
import { type BaseServices, openBase, type Walker } from './open-base.js';
import type { Sts } from './sts.js';
import { callerIdentity } from './sts-calls.js';

/** What a walk needs from outside. */
export interface WalkServices extends Omit<BaseServices, 'sts'> {
  /** The STS that a target's hops are asked of: the one of its Region. */
  readonly stsFor: (target: Target) => Sts;
  /** Ask again until the last secret has only letters and digits. */
  readonly alphanumericSecret: boolean;
}

/** AWS calls under way at a time. */
const mostCalls = 8;

interface Trail {
  readonly services: WalkServices;
  readonly limit: Limit;
  readonly base: BaseIdentity;
  /** Asks who the base identity is, once, however many hops from it were refused. */
  readonly whoIsBase: (credentials: Credentials, sts: Sts) => Promise<IdentityArn | undefined>;
}

type Ended = readonly (readonly [Target, TargetOutcome])[];

/** Walks every target: shared hops once, the rest in parallel. Resolves to how each target ended, in their order. */
export async function walk(targets: readonly Target[], services: WalkServices): Promise<readonly TargetOutcome[]> {
  const limit = limitOf(mostCalls);
  const ended = await Promise.all(
    hopTrees(targets).map((tree) => walkTree(tree, openTrail(tree.base, services, limit))),
  );
  const byTarget = new Map(ended.flat());
  return targets.map((target) => byTarget.get(target) as TargetOutcome);
}

function openTrail(base: BaseIdentity, services: WalkServices, limit: Limit): Trail {
  let asked: Promise<IdentityArn | undefined> | undefined;
  const ask = (credentials: Credentials, sts: Sts) =>
    limit(() => callerIdentity(sts, { credentials, signal: services.signal, attempt: 1 })).catch(() => undefined);
  const whoIsBase: Trail['whoIsBase'] = (credentials, sts) => {
    asked ??= ask(credentials, sts);
    return asked;
  };
  return { services, limit, base, whoIsBase };
}

async function walkTree(tree: HopTree, trail: Trail): Promise<Ended> {
  const { base, services, limit } = trail;
  const targets = targetsOf(tree);
  let walker: Walker;
  try {
    walker = await limit(() => openBase(base, targets, { ...services, sts: services.stsFor(leader(tree)) }));
  } catch (error) {
    const failure = failureOf(error);
    return targets.map((target) => [target, stopped({ target, sessions: [], failure })] as const);
  }
  const ends = tree.ends.map((target) => [target, baseOutcome(target, walker)] as const);
  const identity = walker.kind === 'credentials' ? walker.identity : undefined;
  const start = { walker, sessions: [], ...(identity !== undefined && { baseIdentity: identity }) };
  const behind = await Promise.all(tree.children.map((node) => walkNode(node, start, trail)));
  return [...ends, ...behind.flat()];
}

async function walkNode(
  node: HopNode,
  { walker, sessions, ...base }: Pick<FailedTarget, 'sessions' | 'baseIdentity'> & { readonly walker: Walker },
  trail: Trail,
): Promise<Ended> {
  let session: AssumedRole;
  try {
    session = await take(node, walker, trail);
  } catch (error) {
    const about = await aboutFailure(error, { walker, sts: trail.services.stsFor(leader(node)), trail });
    return targetsOf(node).map(
      (target) => [target, stopped({ target, sessions, hop: node.hop, ...base, ...about })] as const,
    );
  }
  const caller = walker.kind === 'credentials' ? walker.identity : undefined;
  const place = { index: sessions.length, targets: targetsOf(node), caller, base: trail.base };
  trail.services.progress.info(hopLine(session, place));
  const { identity, credentials } = session;
  const reached = {
    walker: { kind: 'credentials', identity, credentials, chaining: 'yes' } as const,
    sessions: [...sessions, session],
    ...base,
  };
  const ends = node.ends.map((target): readonly [Target, TargetOutcome] => [
    target,
    { kind: 'walked', walked: { target, sessions: reached.sessions, identity, credentials, isKept: false, ...base } },
  ]);
  const behind = await Promise.all(node.children.map((child) => walkNode(child, reached, trail)));
  return [...ends, ...behind.flat()];
}

/** Makes the hop of a node, and holds its session against the account guards. */
async function take(node: HopNode, walker: Walker, { services, limit, base }: Trail): Promise<AssumedRole> {
  const hopServices = {
    ...services,
    sts: services.stsFor(leader(node)),
    alphanumericSecret: services.alphanumericSecret && node.ends.length > 0,
    ...(base.kind === 'saml' && { providerArn: base.providerArn }),
  };
  const session = await limit(() => makeHop(node.hop, walker, hopServices));
  const failure = guardFailure(session.identity.accountId, session.hop);
  if (failure !== undefined) {
    throw new CallFailed(failure);
  }
  return session;
}

/** The target in whose Region a shared hop is asked for. */
function leader(node: HopNode | HopTree): Target {
  return targetsOf(node)[0] as Target;
}

/** A target without hops wants the base identity itself: proven, and weighed against its guard. */
function baseOutcome(target: Target, walker: Walker): TargetOutcome {
  const { credentials, identity } = walker as Extract<Walker, { kind: 'credentials' }> & { identity: IdentityArn };
  const failure = guardFailure(identity.accountId, {
    allowedAccountIds: target.allowedAccountIds,
    operation: 'GetCallerIdentity',
  });
  if (failure !== undefined) {
    return stopped({ target, sessions: [], caller: identity, failure });
  }
  return { kind: 'walked', walked: { target, sessions: [], identity, credentials, isKept: false } };
}

/** Who called, and what the token said, for the explanation; asked only now, because a hop that succeeds needs neither. */
async function aboutFailure(
  error: unknown,
  { walker, sts, trail }: { walker: Walker; sts: Sts; trail: Trail },
): Promise<Pick<FailedTarget, 'failure' | 'caller' | 'claims'>> {
  const { services, base, whoIsBase } = trail;
  const failure = failureOf(error);
  if (walker.kind === 'token') {
    const claims =
      base.kind === 'saml' ? undefined : await services.token(base, false).then(readClaims, () => undefined);
    return { failure, ...(claims !== undefined && { claims }) };
  }
  const isRefusal = failure.status !== undefined && failure.status >= 400 && failure.status < 500;
  const caller = walker.identity ?? (isRefusal ? await whoIsBase(walker.credentials, sts) : undefined);
  return { failure, ...(caller !== undefined && { caller }) };
}

function stopped(about: FailedTarget): TargetOutcome {
  return { kind: 'stopped', stopped: about };
}

/** Anything else than a failed call is a mistake of this program, and is not hidden. */
function failureOf(error: unknown): CallFailure {
  if (error instanceof CallFailed) {
    return error.failure;
  }
  throw error;
}
