import type { IdentityArn } from '../domain/arn.js';
import { readClaims } from '../domain/claims.js';
import { areTemporary, type Credentials, secretsOf } from '../domain/credentials.js';
import type { Chaining } from '../domain/duration.js';
import { CallFailed, type CallFailure } from '../domain/failure.js';
import { guardFailure } from '../domain/guard.js';
import { type HopNode, type HopTree, hopTrees, targetsOf } from '../domain/hop-tree.js';
import { type BaseIdentity, firstHopChaining } from '../domain/identity.js';
import { hopLine } from '../domain/log-lines.js';
import type { Target } from '../domain/request.js';
import type { AssumedRole, Caller, Outcome, Stopped } from '../domain/session.js';
import { callerIdentity } from './assume.js';
import { baseCredentials } from './base-credentials.js';
import { type Limit, limitOf } from './limit.js';
import { type HopServices, makeHop } from './make-hop.js';
import { withRetries } from './retry.js';

/** What a walk needs from outside: STS, patience, and the tokens of federated bases. */
export interface WalkServices extends HopServices {
  /** The token of a federated base: one for the whole walk, or a fresh one where a try failed. */
  readonly token: (base: BaseIdentity, fresh: boolean) => Promise<string>;
}

/** AWS calls under way at a time. */
const mostCalls = 8;

type Walker = Caller & { readonly chaining: Chaining };

interface Trail {
  readonly services: WalkServices;
  readonly limit: Limit;
  readonly base: BaseIdentity;
  /** Asks who the base identity is, once, however many hops from it failed. */
  readonly whoIsBase: (walker: Walker) => Promise<IdentityArn | undefined>;
}

/** Walks every target: shared hops once, the rest in parallel. Resolves to how each target ended, in their order. */
export async function walk(targets: readonly Target[], services: WalkServices): Promise<readonly Outcome[]> {
  const limit = limitOf(mostCalls);
  const outcomes = await Promise.all(
    hopTrees(targets).map((tree) => walkTree(tree, openTrail(tree.base, services, limit))),
  );
  const byTarget = new Map(outcomes.flat());
  return targets.map((target) => byTarget.get(target) as Outcome);
}

function openTrail(base: BaseIdentity, services: WalkServices, limit: Limit): Trail {
  let asked: Promise<IdentityArn | undefined> | undefined;
  const whoIsBase = (walker: Walker) => {
    asked ??= walker.kind === 'token' ? Promise.resolve(undefined) : limit(() => whoIs(walker, services));
    return asked;
  };
  return { services, limit, base, whoIsBase };
}

async function walkTree(tree: HopTree, trail: Trail): Promise<readonly (readonly [Target, Outcome])[]> {
  const { base, services, limit } = trail;
  const targets = targetsOf(tree);
  try {
    const walker = await limit(() => openBase(base, targets, services));
    const ends = tree.ends.map((target) => [target, baseOutcome(target, walker)] as const);
    const behind = await Promise.all(tree.children.map((node) => walkNode(node, walker, [], trail)));
    return [...ends, ...behind.flat()];
  } catch (error) {
    return targets.map((target) => [target, stopped({ target, sessions: [], failure: failureOf(error) })] as const);
  }
}

async function walkNode(
  node: HopNode,
  walker: Walker,
  sessions: readonly AssumedRole[],
  trail: Trail,
): Promise<readonly (readonly [Target, Outcome])[]> {
  const { services, limit, base } = trail;
  try {
    const session = await limit(() =>
      makeHop(node.hop, walker, {
        ...services,
        plainSecret: services.plainSecret && node.ends.length > 0,
        ...(base.kind === 'saml' && { providerArn: base.providerArn }),
      }),
    );
    services.progress.mask(secretsOf(session.credentials));
    refuseStrangers(session);
    const made = [...sessions, session];
    services.progress.info(
      hopLine(session, { index: sessions.length, targets: targetsOf(node), caller: identityOf(walker), base }),
    );
    const next: Walker = {
      kind: 'credentials',
      credentials: session.credentials,
      identity: session.identity,
      chaining: 'yes',
    };
    const behind = await Promise.all(node.children.map((child) => walkNode(child, next, made, trail)));
    const ends = node.ends.map(
      (target) =>
        [
          target,
          {
            kind: 'walked',
            walked: {
              target,
              sessions: made,
              identity: session.identity,
              credentials: session.credentials,
              isKept: false,
            },
          },
        ] as const,
    );
    return [...ends, ...behind.flat()];
  } catch (error) {
    const about = await aboutFailure(error, walker, trail);
    return targetsOf(node).map((target) => [target, stopped({ target, sessions, hop: node.hop, ...about })] as const);
  }
}

/** Opens a base identity: a token is asked for by the hop itself, credentials are found and, where it decides something, asked who they are. */
async function openBase(base: BaseIdentity, targets: readonly Target[], services: WalkServices): Promise<Walker> {
  if (base.kind === 'oidc' || base.kind === 'web-identity' || base.kind === 'saml') {
    return { kind: 'token', token: (fresh) => services.token(base, fresh), chaining: 'no' };
  }
  const { credentials, chaining } = await baseCredentials(base, services.signal);
  services.progress.mask(secretsOf(credentials));
  const declared = firstHopChaining(base);
  const known = declared === 'ask' ? chaining : declared;
  const namesRole = targets.some(({ hops }) => hops[0] === undefined || !('arn' in hops[0].role));
  const isRoleOfMachine =
    base.kind === 'EcsContainer' ||
    base.kind === 'Ec2InstanceMetadata' ||
    (declared === 'ask' && known !== undefined && known !== 'no');
  if (!namesRole && (isRoleOfMachine || !areTemporary(credentials))) {
    return { kind: 'credentials', credentials, chaining: known ?? 'no' };
  }
  const identity = await identify(credentials, namesRole, services);
  if (identity === undefined) {
    return { kind: 'credentials', credentials, chaining: known ?? 'yes' };
  }
  refuseHopeless(identity, targets);
  const isInstance = identity.kind === 'role-session' && /^i-[0-9a-f]{8,17}$/.test(identity.session);
  return { kind: 'credentials', credentials, identity, chaining: known ?? (isInstance ? 'unsure' : 'yes') };
}

/** An STS of another make may not know the question; the walk goes on where nothing hangs on the answer. */
async function identify(
  credentials: Credentials,
  isNeeded: boolean,
  services: WalkServices,
): Promise<IdentityArn | undefined> {
  try {
    return await withRetries('GetCallerIdentity', services, (attempt) =>
      callerIdentity(services.sts, { credentials, signal: services.signal, attempt }),
    );
  } catch (error) {
    const isUnknown =
      error instanceof CallFailed &&
      /^(InvalidAction|NotImplemented|UnknownOperation\w*|NotAnStsAnswer|HTTP 501)$/.test(error.failure.code);
    if (isUnknown && !isNeeded) {
      return undefined;
    }
    throw error;
  }
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html: neither root nor a federation session may call it. */
function refuseHopeless({ kind, arn }: IdentityArn, targets: readonly Target[]): void {
  const isHopeless = (kind === 'root' || kind === 'federated-user') && targets.some(({ hops }) => hops.length > 0);
  if (isHopeless) {
    const code = kind === 'root' ? 'RootCannotAssumeRoles' : 'FederationCannotAssumeRoles';
    throw new CallFailed({ operation: 'AssumeRole', code, message: `${arn} cannot assume a role`, attempts: 0 });
  }
}

/** A target without hops wants the base identity itself: proven, and weighed against its guard. */
function baseOutcome(target: Target, walker: Walker): Outcome {
  const { credentials, identity } = walker as Extract<Walker, { kind: 'credentials' }> & { identity: IdentityArn };
  const failure = guardFailure(identity.accountId, {
    accountGuards: target.accountGuards,
    operation: 'GetCallerIdentity',
  });
  if (failure !== undefined) {
    return stopped({ target, sessions: [], caller: identity, failure });
  }
  return { kind: 'walked', walked: { target, sessions: [], identity, credentials, isKept: false } };
}

function refuseStrangers(session: AssumedRole): void {
  const failure = guardFailure(session.identity.accountId, session.hop);
  if (failure !== undefined) {
    throw new CallFailed(failure);
  }
}

/** Who called, and what the token said, for the explanation; asked only now, because a hop that succeeds needs neither. */
async function aboutFailure(
  error: unknown,
  walker: Walker,
  { services, base, whoIsBase }: Trail,
): Promise<Pick<Stopped, 'failure' | 'caller' | 'claims'>> {
  const failure = failureOf(error);
  if (walker.kind === 'token') {
    const claims =
      base.kind === 'saml' ? undefined : await services.token(base, false).then(readClaims, () => undefined);
    return { failure, ...(claims !== undefined && { claims }) };
  }
  const isRefusal = failure.status !== undefined && failure.status >= 400 && failure.status < 500;
  const asked = walker.identity ?? (isRefusal ? await whoIsBase(walker) : undefined);
  return { failure, ...(asked !== undefined && { caller: asked }) };
}

function whoIs(
  { credentials }: Extract<Walker, { kind: 'credentials' }>,
  { sts, signal }: WalkServices,
): Promise<IdentityArn | undefined> {
  return callerIdentity(sts, { credentials, signal, attempt: 1 }).catch(() => undefined);
}

function identityOf(walker: Walker): IdentityArn | undefined {
  return walker.kind === 'credentials' ? walker.identity : undefined;
}

function stopped(about: Stopped): Outcome {
  return { kind: 'stopped', stopped: about };
}

/** Anything else than a failed call is a mistake of this program, and is not hidden. */
function failureOf(error: unknown): CallFailure {
  if (error instanceof CallFailed) {
    return error.failure;
  }
  throw error;
}
