import { callerIdentity } from '../aws/assume.js';
import { baseCredentials } from '../aws/base-credentials.js';
import { openSts, type Sts } from '../aws/sts.js';
import type { IdentityArn } from '../domain/arn.js';
import { secretsOf } from '../domain/credentials.js';
import type { Environment } from '../domain/environment.js';
import { keepsIdentity } from '../domain/existing.js';
import type { Request, Target } from '../domain/request.js';
import type { Walked } from '../domain/session.js';
import { openAgents } from '../net/agents.js';
import { addresses, stsPlace, type WalkContext } from './walk-request.js';

/**
 * Looks whether the environment already is who the step should become, and keeps that identity where it is: the wanted
 * role, in an allowed account. Undefined where the walk has to be made.
 */
export async function openExisting(request: Request, context: WalkContext): Promise<readonly Walked[] | undefined> {
  const agents = await openAgents(addresses(request), request.proxy);
  try {
    const kept = await Promise.all(
      request.targets.map((target) =>
        keep(target, { request, context, sts: openSts({ ...stsPlace(target, request), agents }) }),
      ),
    );
    const walked = kept.filter((one) => one !== undefined);
    return walked.length === request.targets.length ? walked : undefined;
  } finally {
    agents.close();
  }
}

/** A target is looked for where the step would leave it: under its profile, else in the environment. */
async function keep(
  target: Target,
  { request, context, sts }: { request: Request; context: WalkContext; sts: Sts },
): Promise<Walked | undefined> {
  const { progress, signal, environment } = context;
  const profile = request.targets.length > 1 ? target.name : request.delivery.profile;
  try {
    const { credentials } = await baseCredentials(
      { kind: 'default-chain', ...(profile !== undefined && { profile }) },
      AbortSignal.any([signal, AbortSignal.timeout(3_000)]),
    );
    progress.mask(secretsOf(credentials));
    const identity = await callerIdentity(sts, { credentials, signal, attempt: 1 });
    const rival =
      profile === undefined ? await rivalIdentity(request.visible(environment), { sts, signal }) : undefined;
    const reason = keepsIdentity(identity, target, rival);
    progress.info(
      reason === undefined
        ? `Kept: the existing credentials are ${identity.arn}.`
        : `Not kept: the existing credentials are ${identity.arn}, ${reason}.`,
    );
    return reason === undefined ? { target, sessions: [], identity, credentials, isKept: true } : undefined;
  } catch {
    const place = profile === undefined ? 'in the environment' : `in the profile ${profile}`;
    progress.info(
      `Not kept: there are no valid credentials ${place}${environment.AWS_ACCESS_KEY_ID ? ' (expired, or of another AWS)' : ''}.`,
    );
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
