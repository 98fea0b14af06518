import { hasIdToken } from '../domain/base/base-facts.js';
import { offersLine } from '../domain/chain/debug-lines.js';
import { baseLine } from '../domain/chain/log-lines.js';
import type { FailedTarget, ReachedTarget, TargetOutcome } from '../domain/chain/outcome.js';
import { WalkFailed } from '../domain/chain/outcome.js';
import { type Environment, identityVariables, visibleEnvironment } from '../domain/input/environment.js';
import { isNonEmpty } from '../domain/input/non-empty.js';
import { nowhere } from '../domain/input/place.js';
import { InvalidRequest } from '../domain/input/problem.js';
import { withMisspelt } from '../domain/input/unknown-inputs.js';
import { readDeadline } from '../domain/request/read-deadline.js';
import { readLogSettings } from '../domain/request/read-log-settings.js';
import { readRequest } from '../domain/request/read-request.js';
import type { Request } from '../domain/request/request.js';
import { takenProfile } from '../domain/request/taken-profile.js';
import { hide, hideAccountIds, mask, scrub } from '../github/masks.js';
import { readInputs, readOtherInputs } from '../github/read-inputs.js';
import { debug, fail, log, notice, progress, warn } from '../github/report.js';
import { adaptToRunner } from '../github/runner-kind.js';
import { withTimeLimit } from '../process/time-limit.js';
import { checkCommandFiles, checkFiles } from './check-handover.js';
import { secretsOfEnvironment, secretsOfInputs } from './known-secrets.js';
import { accountIdsOf, type Given, loadSources, type ReadContext } from './load-sources.js';
import { machineSecrets, readMachineFiles } from './machine-files.js';
import { nodeNotice } from './node-version.js';
import type { HandoverStep } from './planned-handover.js';
import { startStepTime } from './step-time.js';
import { stepVariables } from './step-variables.js';
import { redirectStrayOutput } from './stray-output.js';
import { walkChain } from './walk-chain.js';
import type { WalkContext } from './walk-context.js';

/** Maximum milliseconds to wait for locked files. */
const longestLockWait = 60_000;

/**
 * The main step: reads the request, walks the chain, and exports the last session. It reports the outcome in the log
 * and in the job summary, and resolves to whether it succeeded.
 */
export async function assumeRole(environment: Environment): Promise<boolean> {
  adaptToRunner(environment);
  redirectStrayOutput({ write: log, crash: (text) => fail('The step failed', text) });
  const variables = await stepVariables(environment);
  const otherInputs = readOtherInputs(variables);
  const inputs = withMisspelt(readInputs(variables), otherInputs);
  const time = startStepTime(readDeadline(inputs, () => nowhere));
  time.prepareFor(Object.values(inputs));
  const logSettings = readLogSettings(inputs, () => nowhere);
  mask([...secretsOfInputs(inputs), ...secretsOfEnvironment(environment)]);
  if (logSettings.masksAccountIds) {
    mask(accountIdsOf(Object.values(inputs)));
    hideAccountIds();
  }
  try {
    const summary = await assumeFrom({ inputs, otherInputs, environment }, { logSettings, time });
    const { summarize } = await import('./summarize.js');
    summarize(summary, logSettings, environment);
    return true;
  } catch (error) {
    const { explain } = await import('../domain/explain/explain.js');
    const { failedSummary, summarize } = await import('./summarize.js');
    hide(await machineSecrets(environment));
    const explanation = explain(error, { hasIdToken: hasIdToken(environment), scrub });
    log(explanation.story);
    fail(explanation.title, explanation.summary);
    time.stop();
    summarize(failedSummary(explanation.parts, failedOf(error)), logSettings, environment);
    return false;
  } finally {
    time.stop();
  }
}

/** Resolves to the job summary. */
async function assumeFrom(given: Given, context: ReadContext): Promise<string> {
  const { environment } = given;
  const { time } = context;
  const { signal } = time;
  const request = await withTimeLimit({ signal }, async () => readRequest(await loadSources(given, context)));
  debug(offersLine(environment));
  logRequest(request);
  if (request.dryRun) {
    const { reportPlan } = await import('./report-plan.js');
    return reportPlan(request, environment);
  }
  checkCommandFiles(request, environment);
  logNodeNotice();
  if (request.unsetsCurrent) {
    hideFromProviders(identityVariables);
  }
  time.enter('walking');
  const { reached, canWriteEnvironmentProfile } = await reach(request, environment, {
    environment: visibleEnvironment(environment, request),
    progress,
    signal,
    onLongAnswer: time.guardCpu,
    meanwhile: [conclusion, async () => (await conclusion()).rehearseConclusion(request, environment)],
  });
  const { handOver, logIdentities, walkSummary } = await conclusion();
  logIdentities(reached, request);
  signal.throwIfAborted();
  time.enter('handing over');
  await handOver(
    { request, reached, environment, canWriteEnvironmentProfile },
    { timeoutMs: Math.min(longestLockWait, time.leftMs() ?? longestLockWait) },
  );
  // The export is complete; failing the step now would leave it in place.
  time.stop();
  return walkSummary(reached, request, environment);
}

function failedOf(error: unknown): readonly FailedTarget[] {
  return error instanceof WalkFailed ? error.failed : [];
}

/** Loads the modules for after the walk while AWS STS answers. */
async function conclusion() {
  const [handOver, conclude, rehearse] = await Promise.all([
    import('./hand-over.js'),
    import('./conclude.js'),
    import('./rehearse-conclusion.js'),
  ]);
  return { ...handOver, ...conclude, ...rehearse };
}

/** Keeps existing identities and walks to the other targets; resolves to all, in order. */
async function reach(
  request: Request,
  environment: Environment,
  context: WalkContext,
): Promise<Pick<HandoverStep, 'reached' | 'canWriteEnvironmentProfile'>> {
  const kept = request.reusesExisting ? await keepExisting(request, context) : [];
  const missing = request.targets.filter((target) => !kept.some((one) => one.target === target));
  if (!isNonEmpty(missing)) {
    return { reached: kept, canWriteEnvironmentProfile: true };
  }
  const written = { all: request.targets, written: missing };
  const { profiles } = await readMachineFiles(environment);
  const taken = takenProfile(request.handover, written, [...profiles.keys()]);
  if (taken !== undefined) {
    throw new InvalidRequest([taken]);
  }
  const canWriteEnvironmentProfile = await checkFiles(request, kept, environment);
  const found = [...kept, ...finished(await walkChain({ ...request, targets: missing }, context))];
  const byTarget = new Map(found.map((one) => [one.target, one]));
  return { reached: request.targets.flatMap((target) => byTarget.get(target) ?? []), canWriteEnvironmentProfile };
}

/** Loads the check of existing credentials on demand. */
async function keepExisting(request: Request, context: WalkContext): Promise<readonly ReachedTarget[]> {
  const { keepExisting } = await import('./keep-existing.js');
  return keepExisting(request, context);
}

function logRequest(request: Request): void {
  log(baseLine(request));
  for (const text of request.warnings) {
    warn(text);
  }
  for (const text of request.notices) {
    notice(text);
  }
}

function logNodeNotice(): void {
  const text = nodeNotice(process.versions.node);
  if (text !== undefined) {
    log(text);
  }
}

/** The SDK's providers read the environment themselves, so hidden variables must be removed from it. */
function hideFromProviders(names: readonly string[]): void {
  for (const name of names) {
    delete process.env[name];
  }
}

/** All targets were reached, or the step fails and nothing is exported. */
function finished(outcomes: readonly TargetOutcome[]): readonly ReachedTarget[] {
  const failed = outcomes.flatMap((outcome) => (outcome.kind === 'failed' ? [outcome.failed] : []));
  if (failed.length > 0) {
    throw new WalkFailed(failed);
  }
  return outcomes.flatMap((outcome) => (outcome.kind === 'reached' ? [outcome.reached] : []));
}
