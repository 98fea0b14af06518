import { baseCredentials } from '../aws/base-credentials.js';
import { openSts, type Sts } from '../aws/sts.js';
import { callerIdentity } from '../aws/sts-calls.js';
import type { BaseIdentity } from '../domain/chain/base-identity.js';
import { CallFailed } from '../domain/chain/call-failure.js';
import { keepsIdentity } from '../domain/chain/existing-identity.js';
import type { ReachedTarget } from '../domain/chain/outcome.js';
import type { Target } from '../domain/chain/target.js';
import type { IdentityArn } from '../domain/iam/arn.js';
import { secretsOf } from '../domain/iam/credentials.js';
import type { Environment } from '../domain/input/environment.js';
import type { Request } from '../domain/request/request.js';
import { openConnections } from '../net/connections.js';
import { setProviderEndpoint, stsPlace } from './connections.js';
import type { WalkContext } from './walk-context.js';

/** Milliseconds until the machine must have given what credentials it has. */
const machineTimeoutMs = 3_000;

/**
 * Looks which targets are there already, in the environment or under the profiles of their names, and keeps those: the
 * wanted role, in an allowed account.
 */
export async function keepExisting(request: Request, context: WalkContext): Promise<readonly ReachedTarget[]> {
  setProviderEndpoint(request);
  const connections = openConnections(request.proxy);
  try {
    const kept = await Promise.all(
      request.targets.map((target) =>
        keep(target, { request, context, sts: openSts(stsPlace(target, request, connections)) }),
      ),
    );
    return kept.filter((one) => one !== undefined);
  } finally {
    connections.close();
  }
}

/** A target is looked for where the step would leave it: under its profile, else in the environment. */
async function keep(
  target: Target,
  { request, context, sts }: { request: Request; context: WalkContext; sts: Sts },
): Promise<ReachedTarget | undefined> {
  const { progress, signal, environment } = context;
  const profile = request.targets.length > 1 ? target.name : request.handover.profile;
  try {
    const base: BaseIdentity = { kind: 'default-chain', ...(profile !== undefined && { profile }) };
    const { credentials } = await baseCredentials(base, sts, { signal, milliseconds: machineTimeoutMs });
    progress.mask(secretsOf(credentials));
    const identity = await callerIdentity(sts, { credentials, signal, attempt: 1 });
    const rival =
      profile === undefined ? await rivalIdentity(request.visible(environment), { sts, signal }) : undefined;
    const reason = keepsIdentity(identity, target, rival);
    const name = profile === undefined ? '' : ` (${profile})`;
    progress.info(
      reason === undefined
        ? `Kept${name}: the existing credentials are ${identity.arn}.`
        : `Not kept${name}: the existing credentials are ${identity.arn}, ${reason}.`,
    );
    return reason === undefined ? { target, sessions: [], identity, credentials, isKept: true } : undefined;
  } catch (error) {
    if (!(error instanceof CallFailed)) {
      throw error;
    }
    const place = profile === undefined ? 'in the environment' : `in the profile ${profile}`;
    progress.info(`Not kept: there are no valid credentials ${place} (${error.failure.code}).`);
    return undefined;
  }
}

/** Who the keys in the environment are where a profile is current too: some tools take the keys, some the profile. */
async function rivalIdentity(
  environment: Environment,
  { sts, signal }: { sts: Sts; signal: AbortSignal },
): Promise<IdentityArn | undefined> {
  const { AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment;
  if (!AWS_PROFILE || !AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    return undefined;
  }
  const credentials = {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  };
  return callerIdentity(sts, { credentials, signal, attempt: 1 });
}
