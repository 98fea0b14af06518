import { withLock } from '../disk/lock.js';
import { lockOf, readCache, writeCache } from '../disk/refresh-files.js';
import { type Environment, identityVariables } from '../domain/environment.js';
import type { ProcessCredentials } from '../domain/process-credentials.js';
import type { Progress } from '../domain/progress.js';
import { type RefreshPlan, refreshCache, servedFromCache, withCurrentToken } from '../domain/refresh-plan.js';
import { StepStopped } from '../domain/step-stopped.js';
import { walkRequest } from './walk-request.js';

/** Seconds for a whole renewal: the Go SDK ends a credential process after a minute. */
const renewalSeconds = 50;

/** stdout belongs to the credentials and stderr to an explanation, so a walk here is silent. */
const silent: Progress = { mask: () => {}, info: () => {}, warn: () => {} };

/** Walks a plan's chain again and keeps the session for the next caller; callers at the same time share one walk. */
export async function refresh(
  plan: RefreshPlan,
  planPath: string,
  environment: Environment,
): Promise<ProcessCredentials> {
  const started = Date.now();
  return withLock(lockOf(planPath), { timeoutMs: renewalSeconds * 1000 }, async () => {
    const meanwhile = servedFromCache(await readCache(planPath), plan.id, Date.now());
    return meanwhile ?? renew(plan, planPath, { environment, deadline: started + renewalSeconds * 1000 });
  });
}

async function renew(
  plan: RefreshPlan,
  planPath: string,
  { environment, deadline }: { environment: Environment; deadline: number },
): Promise<ProcessCredentials> {
  becomeBase(plan);
  const signal = AbortSignal.timeout(Math.max(1, deadline - Date.now()));
  const context = { environment: { ...environment, GITHUB_WORKSPACE: plan.workspace }, progress: silent, signal };
  const [outcome] = await walkRequest(withCurrentToken(plan, environment), context);
  if (outcome?.kind !== 'walked') {
    throw new StepStopped(outcome === undefined ? [] : [outcome.stopped]);
  }
  const { credentials } = outcome.walked;
  const cache = refreshCache(plan.id, { ...credentials, expiration: credentials.expiration ?? new Date(0) });
  const served = servedFromCache(cache, plan.id, Date.now());
  if (served === undefined) {
    throw new Error('The new session ends in less than 15 minutes; check the clock of this machine.');
  }
  await writeCache(planPath, cache);
  return served;
}

/** The providers read the environment themselves: they must find the base identity, never this profile again. */
function becomeBase({ identity }: RefreshPlan): void {
  for (const name of identityVariables) {
    delete process.env[name];
  }
  Object.assign(process.env, identity);
}
