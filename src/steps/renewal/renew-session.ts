import { delimiter } from 'node:path';
import { withLock } from '../../disk/lock/with-lock.js';
import { readCache, readPlan } from '../../disk/step-files/refresh-reader.js';
import { lockOf, writeCache } from '../../disk/step-files/refresh-writer.js';
import { deadlineCode } from '../../domain/calls/call-failure.js';
import type { FailedTarget } from '../../domain/chain/outcome.js';
import { WalkFailed } from '../../domain/chain/outcome.js';
import type { Progress } from '../../domain/chain/progress.js';
import { type Credentials, secretsOf } from '../../domain/identifiers/credentials.js';
import type { Environment } from '../../domain/input/environment.js';
import { planVariables } from '../../domain/refresh/make-plan.js';
import { type RefreshPlan, withCurrentToken } from '../../domain/refresh/plan.js';
import type { ProcessCredentials } from '../../domain/refresh/process-credentials.js';
import { RefreshStopped } from '../../domain/refresh/refresh-stopped.js';
import { servedFromCache, sessionCache } from '../../domain/refresh/session-cache.js';
import { secretsOfEnvironment, secretsOfWalk } from '../../domain/secrets/known-secrets.js';
import { startDeadline } from '../../process/deadline.js';
import { startWatchdog } from '../../process/watchdog.js';
import { redirectStrayOutput } from '../stray-output/stray-output.js';
import { walkChain } from '../walk/walk-chain.js';
import type { WalkContext } from '../walk/walk-context.js';
import { strayText } from './renewal-failure.js';

/**
 * Maximum seconds of a renewal, including the wait for the lock of another one: the SDK for Go kills a credential
 * process after a minute.
 */
const renewalSeconds = 50;

/** The variable that tells child processes which plans are being renewed, so that no renewal waits for itself. */
const renewingVariable = 'ASSUME_ROLE_RENEWING';

/**
 * Walks the chain of a plan again and caches the session for the next tool; tools that ask at the same time share one
 * walk. Adds every secret that it meets to `secrets`. Rejects with `RefreshStopped`, `WalkFailed` or a `FileProblem`.
 */
export async function renewSession(
  plan: RefreshPlan,
  planPath: string,
  { environment, secrets }: { readonly environment: Environment; readonly secrets: string[] },
): Promise<ProcessCredentials> {
  const progress = progressOf(environment, secrets);
  progress.mask([...secretsOfWalk(plan.request), ...secretsOfEnvironment(plan.variables)]);
  const write = (text: string) => process.stderr.write(`${strayText(text, secrets)}\n`);
  redirectStrayOutput({ write, crash: (text) => write(`assume-role: ${text}`) });
  const deadline = startDeadline(renewalSeconds, tooSlow);
  const watchdog = startWatchdog({
    endsAtMs: renewalSeconds * 1000,
    finalMessages: () => [`assume-role: ${tooSlow().message} ${tooSlow().fix}\n`],
    stream: 2,
    exitCode: 1,
  });
  try {
    refuseCycle(planPath, environment);
    // If the plan was removed, fail at once; do not create its folder again.
    const prepare = () => void readPlan(planPath, environment.SUDO_UID);
    return await withLock(lockOf(planPath), { timeoutMs: deadline.leftMs() ?? 0, prepare }, async () => {
      const cache = readCache(planPath, environment.SUDO_UID);
      progress.mask(cache === undefined ? [] : secretsOf(cache.credentials));
      const meanwhile = servedFromCache(cache, plan.id, Date.now());
      return (
        meanwhile ??
        renew(plan, planPath, {
          environment,
          progress,
          signal: deadline.signal,
          onLongAnswer: watchdog.startThread,
        })
      );
    });
  } finally {
    deadline.stop();
    watchdog.stop();
  }
}

/** Makes a progress that logs nothing unless step debugging is on: stderr is for the explanation of a failure. */
function progressOf({ RUNNER_DEBUG }: Environment, secrets: string[]): Progress {
  const silent = () => {};
  const write = (text: string) => process.stderr.write(`assume-role: debug: ${strayText(text, secrets)}\n`);
  const debug = RUNNER_DEBUG === '1' ? write : silent;
  return { mask: (values) => secrets.push(...values), info: debug, warn: debug, debug };
}

/** Throws `RefreshStopped` if this process is part of a renewal of the same plan. */
function refuseCycle(planPath: string, environment: Environment): void {
  if ((environment[renewingVariable] ?? '').split(delimiter).includes(planPath)) {
    throw new RefreshStopped(
      'This profile is circular: the base identity of its chain comes from a profile of its own name.',
      'Give the profile another name with aws-profile, or start from an ID token or keys.',
    );
  }
}

async function renew(plan: RefreshPlan, planPath: string, context: WalkContext): Promise<ProcessCredentials> {
  context.signal.throwIfAborted();
  restoreMainVariables(plan, planPath);
  const [outcome] = await walkChain(withCurrentToken(plan, context.environment), {
    ...context,
    environment: { ...process.env },
  });
  if (outcome?.kind !== 'reached') {
    throw outcome === undefined ? new Error('The plan contains no chain.') : reasonOf(outcome.failed);
  }
  const { expiration, ...keys }: Credentials = outcome.reached.credentials;
  const cache = sessionCache(plan.id, { ...keys, expiration: expiration ?? new Date(0) });
  const served = servedFromCache(cache, plan.id, Date.now());
  if (served === undefined) {
    throw new RefreshStopped(
      `The new session ends at ${cache.expiration}, in less than 15 minutes by the clock of this machine.`,
      'Set the clock of this machine.',
    );
  }
  writeCache(planPath, cache);
  return served;
}

function reasonOf(failed: FailedTarget): Error {
  const { code, message } = failed.failure;
  if (code === 'RequestTokenRefused') {
    return new RefreshStopped(
      `The job can no longer get ID tokens: the token service accepted the request token when the step ran and rejects it now. GitHub ends it about six hours after the job began. The token service said: ${message}`,
      'Split the job so that each part is shorter, or start the chain from an instance profile or another identity that lasts.',
    );
  }
  if (code === deadlineCode) {
    return tooSlow();
  }
  return new WalkFailed([failed]);
}

function tooSlow(): RefreshStopped {
  return new RefreshStopped(
    `The roles were not assumed within ${renewalSeconds} seconds: AWS or the token service did not answer, or kept throttling.`,
    'Try again. If it persists, check the proxy, the network and https://health.aws.amazon.com.',
  );
}

/**
 * Gives this process the variables of the main step, because the SDK reads the environment itself: it must find the
 * main step's settings and base identity, and never the profile that is being renewed.
 */
function restoreMainVariables({ variables }: RefreshPlan, planPath: string): void {
  for (const name of planVariables) {
    delete process.env[name];
  }
  const renewing = [process.env[renewingVariable], planPath].filter((path) => path !== undefined);
  Object.assign(process.env, variables, { [renewingVariable]: renewing.join(delimiter) });
}
