import { type Environment, identityVariables } from '../domain/environment.js';
import type { RawInputs } from '../domain/input-names.js';
import { baseLine } from '../domain/log-lines.js';
import { isNonEmpty } from '../domain/non-empty.js';
import { InvalidRequest } from '../domain/problem.js';
import { proxySecrets } from '../domain/proxy.js';
import { type Request, readRequest } from '../domain/request.js';
import type { Outcome, Walked } from '../domain/session.js';
import { StepStopped } from '../domain/step-stopped.js';
import { takenProfile } from '../domain/taken-profile.js';
import { readInputs } from '../github/inputs.js';
import { hideAccountIds, log, mask, notice, progress, warn } from '../github/report.js';
import { deliver } from './deliver.js';
import { machineProfiles, readRoleChainFile } from './machine.js';
import { type WalkContext, walkRequest } from './walk-request.js';

/** The main step: reads the request, walks the chain, hands over the last session. */
export async function assume(environment: Environment): Promise<void> {
  const inputs = readInputs(environment);
  mask(knownSecrets(inputs, environment));
  if (asksToHideAccountIds(inputs)) {
    hideAccountIds();
  }
  const request = await readFrom(inputs, environment);
  tell(request);
  const walked = await withDeadline(request, async (signal) => {
    const context = { environment, progress, signal };
    return reach(request, context);
  });
  tellIdentities(walked);
  await deliver(request, walked, environment);
}

/** Keeps the targets that are there already and walks to the others; all of them, in their order. */
async function reach(request: Request, context: WalkContext): Promise<readonly Walked[]> {
  const kept = request.reusesExisting ? await keepExisting(request, context) : [];
  const missing = request.targets.filter((target) => !kept.some((one) => one.target === target));
  if (!isNonEmpty(missing)) {
    return kept;
  }
  const written = { all: request.targets, written: missing };
  const taken = takenProfile(request.delivery, written, await machineProfiles(context.environment));
  if (taken !== undefined) {
    throw new InvalidRequest([taken]);
  }
  const reached = [...kept, ...finished(await walkRequest({ ...request, targets: missing }, context))];
  return request.targets.flatMap((target) => reached.filter((one) => one.target === target));
}

/** Only a step that asks for it loads what looks at existing credentials. */
async function keepExisting(request: Request, context: WalkContext): Promise<readonly Walked[]> {
  const { openExisting } = await import(/* webpackMode: "eager" */ './existing.js');
  return openExisting(request, context);
}

/** Secrets the step was given: they are masked before the first line that could show them. */
function knownSecrets(inputs: RawInputs, environment: Environment): readonly string[] {
  const keys = [
    inputs['aws-access-key-id'],
    inputs['aws-secret-access-key'],
    inputs['aws-session-token'],
    environment.AWS_SECRET_ACCESS_KEY,
    environment.AWS_SESSION_TOKEN,
    environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN,
  ];
  const proxies = [
    inputs['http-proxy'],
    ...['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].map((name) => environment[name]),
  ];
  const accounts = asksToHideAccountIds(inputs) ? accountIds(inputs) : [];
  return [
    ...keys.map((key) => key?.trim() ?? ''),
    ...proxies.flatMap((proxy) => proxySecrets(proxy?.trim() ?? '')),
    ...accounts,
  ];
}

/** Asked before the request is read, because a request that cannot be must hide them too. */
function asksToHideAccountIds(inputs: RawInputs): boolean {
  return /^true$/i.test(inputs['mask-aws-account-id']?.trim() ?? '');
}

function accountIds(inputs: RawInputs): readonly string[] {
  return Object.values(inputs).flatMap((value) => value.match(/(?<!\d)\d{12}(?!\d)/g) ?? []);
}

async function readFrom(inputs: RawInputs, environment: Environment): Promise<Request> {
  const path = inputs['role-chain-file']?.trim() ?? '';
  const roleChainFile = path === '' ? undefined : await readRoleChainFile(path, environment);
  if (roleChainFile !== undefined && asksToHideAccountIds(inputs)) {
    mask(accountIds({ 'role-chain-file': roleChainFile.text }));
  }
  return readRequest({
    inputs,
    environment,
    machineProfiles: await machineProfiles(environment),
    ...(roleChainFile && { roleChainFile }),
  });
}

function tell(request: Request): void {
  log(baseLine(request));
  for (const text of request.warnings) {
    warn(text);
  }
  for (const text of request.notices) {
    notice(text);
  }
}

/** Runs work under the step's deadline; what is under way then ends at once. */
async function withDeadline<T>(
  { deadlineSeconds, unsetsCurrent }: Request,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (unsetsCurrent) {
    hideFromProviders(identityVariables);
  }
  const deadline = new AbortController();
  const timer = deadlineSeconds === undefined ? undefined : setTimeout(() => deadline.abort(), deadlineSeconds * 1000);
  try {
    return await work(deadline.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** The SDK's providers read the environment themselves, so what they must not see has to go from it. */
function hideFromProviders(names: readonly string[]): void {
  for (const name of names) {
    delete process.env[name];
  }
}

/** All targets were reached, or the step fails and nothing is handed over for any. */
function finished(outcomes: readonly Outcome[]): readonly Walked[] {
  const stops = outcomes.flatMap((outcome) => (outcome.kind === 'stopped' ? [outcome.stopped] : []));
  if (stops.length > 0) {
    throw new StepStopped(stops);
  }
  return outcomes.flatMap((outcome) => (outcome.kind === 'walked' ? [outcome.walked] : []));
}

function tellIdentities(walked: readonly Walked[]): void {
  for (const { target, identity } of walked) {
    log(`${target.name === undefined ? 'You are' : `${target.name}:`} ${identity.arn}`);
  }
}
