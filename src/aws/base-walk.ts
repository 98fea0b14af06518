import { CallFailed, type CallFailure } from '../domain/calls/call-failure.js';
import type { BaseIdentity } from '../domain/chain/base-identity.js';
import type { Walker } from '../domain/chain/caller.js';
import type { FailedTarget } from '../domain/chain/outcome.js';
import { readClaims } from '../domain/id-token/claims.js';
import type { IdentityArn } from '../domain/identifiers/arn.js';
import type { Credentials } from '../domain/identifiers/credentials.js';
import type { CallQueue } from './call-queue.js';
import type { Sts } from './sts.js';
import { callerIdentity } from './sts-calls.js';
import type { WalkServices } from './walk-services.js';

/** What all hops from one base identity share. */
export interface BaseWalk {
  readonly services: WalkServices & { readonly queue: CallQueue };
  readonly base: BaseIdentity;
  /** Calls GetCallerIdentity with the base identity's credentials, once for all failed hops; undefined if it fails. */
  readonly whoIsBase: (credentials: Credentials, sts: Sts) => Promise<IdentityArn | undefined>;
}

/** Creates what the hops from one base identity share; makes no call. */
export function openBaseWalk(base: BaseIdentity, services: BaseWalk['services']): BaseWalk {
  let answer: Promise<IdentityArn | undefined> | undefined;
  const ask = (credentials: Credentials, sts: Sts) =>
    services.queue
      .inTurn(() => callerIdentity(sts, { credentials, signal: services.signal, attempt: 1 }))
      .catch(() => undefined);
  const whoIsBase: BaseWalk['whoIsBase'] = (credentials, sts) => {
    answer ??= ask(credentials, sts);
    return answer;
  };
  return { services, base, whoIsBase };
}

/** Collects what an explanation shows of a failed hop: its failure, and the caller or the claims of its token. */
export async function aboutFailure(
  error: unknown,
  { walker, sts, baseWalk }: { walker: Walker; sts: Sts; baseWalk: BaseWalk },
): Promise<Pick<FailedTarget, 'failure' | 'caller' | 'claims'>> {
  const { services, base, whoIsBase } = baseWalk;
  const failure = failureOf(error);
  if (walker.kind === 'token') {
    const claims = base.kind === 'saml' ? undefined : await services.token(base).then(readClaims, () => undefined);
    return { failure, ...(claims !== undefined && { claims }) };
  }
  const isRefusal = failure.status !== undefined && failure.status >= 400 && failure.status < 500;
  const caller = walker.identity ?? (isRefusal ? await whoIsBase(walker.credentials, sts) : undefined);
  return { failure, ...(caller !== undefined && { caller }) };
}

/** Returns the failure of a CallFailed; throws any other error again, which is a bug of this program. */
export function failureOf(error: unknown): CallFailure {
  if (error instanceof CallFailed) {
    return error.failure;
  }
  throw error;
}
