import { hasIdToken } from '../../domain/base-identity/base-facts.js';
import { baseVariablesLine } from '../../domain/chain/debug-lines.js';
import { baseLine } from '../../domain/chain/log-lines.js';
import { type FailedTarget, WalkFailed } from '../../domain/chain/outcome.js';
import { type Environment, identityVariables, visibleEnvironment } from '../../domain/input/environment.js';
import { isNonEmpty } from '../../domain/input/non-empty.js';
import { withMisspelt } from '../../domain/input/unknown-inputs.js';
import { readEarlySettings } from '../../domain/request/read-early-settings.js';
import { readRequest } from '../../domain/request/read-request.js';
import type { Request } from '../../domain/request/request.js';
import { accountIdsOf, secretsOfEnvironment, secretsOfInputs } from '../../domain/secrets/known-secrets.js';
import { mask, maskAccountIds, scrub, scrubFromOutput } from '../../github/masks.js';
import { readInputs, readOtherInputs } from '../../github/read-inputs.js';
import { debug, fail, log, notice, progress, warn } from '../../github/report.js';
import { adaptToRunner } from '../../github/runner-kind.js';
import { withTimeLimit } from '../../process/time-limit.js';
import { checkCommandFiles, checkFiles } from '../handover/check-handover.js';
import { machineSecrets } from '../machine/machine-secrets.js';
import { oldNodeWarning } from '../stray-output/node-version.js';
import { redirectStrayOutput } from '../stray-output/stray-output.js';
import { walkChain } from '../walk/walk-chain.js';
import { keptTargets, missingTargets, reachedTargets } from './kept-targets.js';
import { type Given, loadSources } from './load-sources.js';
import { type StepDeadline, startStepDeadline } from './step-deadline.js';
import { stepVariables } from './step-variables.js';

/** Maximum milliseconds to wait for the lock of an AWS file. */
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
  const early = readEarlySettings(inputs);
  const time = startStepDeadline(early.deadlineSeconds);
  time.prepareFor(Object.values(inputs));
  mask([...secretsOfInputs(inputs), ...secretsOfEnvironment(environment)]);
  if (early.masksAccountIds) {
    mask(accountIdsOf(Object.values(inputs)));
    maskAccountIds();
  }
  try {
    const summary = await assumeFrom({ inputs, otherInputs, environment, early }, time);
    const { summarize } = await import('./summarize.js');
    summarize(summary, early, environment);
    return true;
  } catch (error) {
    const { explain } = await import('../../domain/explain/explain.js');
    const { failedSummary, summarize } = await import('./summarize.js');
    scrubFromOutput(await machineSecrets(environment));
    const explanation = explain(error, { hasIdToken: hasIdToken(environment), scrub });
    log(explanation.story);
    fail(explanation.title, explanation.summary);
    time.stop();
    summarize(failedSummary(explanation.parts, failedOf(error)), early, environment);
    return false;
  } finally {
    time.stop();
  }
}

/** Does the step's work, from reading the request to the handover; resolves to the job summary. */
async function assumeFrom(given: Given, time: StepDeadline): Promise<string> {
  const { environment } = given;
  const { signal } = time;
  const request = await withTimeLimit({ signal }, async () => readRequest(await loadSources(given, time)));
  debug(baseVariablesLine(environment));
  logRequest(request);
  if (request.dryRun) {
    const { reportDryRun } = await import('./report-dry-run.js');
    return reportDryRun(request, environment);
  }
  checkCommandFiles(request, environment);
  logNodeNotice();
  if (request.unsetsCurrent) {
    hideFromProviders(identityVariables);
  }
  time.enter('walking');
  const context = {
    environment: visibleEnvironment(environment, request),
    progress,
    signal,
    onLongAnswer: time.startWatchdogThread,
    meanwhile: [conclusion, async () => (await conclusion()).rehearseConclusion(request, environment)],
  };
  const kept = await keptTargets(request, context);
  const canWriteEnvironmentProfile = await checkFiles(request, kept, environment);
  const missing = missingTargets(request, kept);
  const outcomes = isNonEmpty(missing) ? await walkChain({ ...request, targets: missing }, context) : [];
  const reached = reachedTargets(request, kept, outcomes);
  const { handOver, logIdentities, walkSummary } = await conclusion();
  logIdentities(reached, request);
  signal.throwIfAborted();
  time.enter('handing over');
  await handOver(
    { request, reached, environment, canWriteEnvironmentProfile },
    { timeoutMs: Math.min(longestLockWait, time.leftMs() ?? longestLockWait) },
  );
  // The handover is complete. If the deadline made the step fail after this point, the exported keys would stay.
  time.stop();
  return walkSummary(reached, request, environment);
}

function failedOf(error: unknown): readonly FailedTarget[] {
  return error instanceof WalkFailed ? error.failed : [];
}

/** Loads the modules that are needed after the walk. The walk calls this while it waits for AWS STS. */
async function conclusion() {
  const [handOver, conclude, rehearse] = await Promise.all([
    import('../handover/hand-over.js'),
    import('./conclude.js'),
    import('./rehearse-conclusion.js'),
  ]);
  return { ...handOver, ...conclude, ...rehearse };
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
  const text = oldNodeWarning(process.versions.node);
  if (text !== undefined) {
    log(text);
  }
}

/** Removes variables from the environment of this process, because the SDK's providers read it themselves. */
function hideFromProviders(names: readonly string[]): void {
  for (const name of names) {
    delete process.env[name];
  }
}
