import type { BaseIdentity } from '../domain/chain/base-identity.js';
import { CallFailed, type CallFailure } from '../domain/chain/call-failure.js';
import type { FailedTarget } from '../domain/chain/outcome.js';
import type { StsLocation } from '../domain/endpoint/sts-endpoint.js';
import type { IdentityArn } from '../domain/iam/arn.js';
import type { Credentials } from '../domain/iam/credentials.js';
import { readClaims } from '../domain/id-token/claims.js';
import type { BaseServices } from './base-credentials.js';
import type { Walker } from './open-base.js';
import type { Pacing } from './pacing.js';
import type { Sts } from './sts.js';
import { callerIdentity } from './sts-calls.js';

/** What a walk needs from outside. */
export interface WalkServices extends Omit<BaseServices, 'sts' | 'pacing'> {
  /** The STS of a hop or target: the one of its Region. */
  readonly stsFor: (location: StsLocation) => Sts;
  /** Ask again until the last secret has only letters and digits. */
  readonly alphanumericSecret: boolean;
}

/** What all hops from one base identity have in common. */
export interface Trail {
  readonly services: WalkServices & { readonly pacing: Pacing };
  readonly base: BaseIdentity;
  /** Asks who the base identity is, once, however many hops from it were refused. */
  readonly whoIsBase: (credentials: Credentials, sts: Sts) => Promise<IdentityArn | undefined>;
}

/** Opens the trail from a base identity. */
export function openTrail(base: BaseIdentity, services: Trail['services']): Trail {
  let asked: Promise<IdentityArn | undefined> | undefined;
  const ask = (credentials: Credentials, sts: Sts) =>
    services.pacing
      .inTurn(() => callerIdentity(sts, { credentials, signal: services.signal, attempt: 1 }))
      .catch(() => undefined);
  const whoIsBase: Trail['whoIsBase'] = (credentials, sts) => {
    asked ??= ask(credentials, sts);
    return asked;
  };
  return { services, base, whoIsBase };
}

/** Who called, and what the token said, for the explanation; asked only now, because a hop that succeeds needs neither. */
export async function aboutFailure(
  error: unknown,
  { walker, sts, trail }: { walker: Walker; sts: Sts; trail: Trail },
): Promise<Pick<FailedTarget, 'failure' | 'caller' | 'claims'>> {
  const { services, base, whoIsBase } = trail;
  const failure = failureOf(error);
  if (walker.kind === 'token') {
    const claims = base.kind === 'saml' ? undefined : await services.token(base).then(readClaims, () => undefined);
    return { failure, ...(claims !== undefined && { claims }) };
  }
  const isRefusal = failure.status !== undefined && failure.status >= 400 && failure.status < 500;
  const caller = walker.identity ?? (isRefusal ? await whoIsBase(walker.credentials, sts) : undefined);
  return { failure, ...(caller !== undefined && { caller }) };
}

/** Anything else than a failed call is a mistake of this program, and is not hidden. */
export function failureOf(error: unknown): CallFailure {
  if (error instanceof CallFailed) {
    return error.failure;
  }
  throw error;
}
