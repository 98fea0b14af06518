import { toolsIgnoringKeys } from '../base-identity/aws-tools/tools-ignoring-keys.js';
import type { ChosenBase } from '../base-identity/base-facts.js';
import { chooseBase } from '../base-identity/choose-base.js';
import { chainWarnings, inheritanceNotices } from '../chain/chain-warnings.js';
import type { Target } from '../chain/target.js';
import { walkAddresses } from '../chain/walk-addresses.js';
import type { HandoverSettings } from '../handover/handover-settings.js';
import { isOwnIdentity } from '../handover/own-identity.js';
import type { Environment } from '../input/environment.js';
import { isNonEmpty } from '../input/non-empty.js';
import { placesOf } from '../input/place.js';
import { InvalidRequest } from '../input/problem.js';
import { reportMisspelt, unknownWarning } from '../input/unknown-inputs.js';
import { checkProxy } from '../proxy/proxy.js';
import { noSharedConfig, type SharedConfig } from '../shared-config/shared-config.js';
import { type BuiltTargets, buildTargets } from './build-targets.js';
import { checkMaskedMatrix } from './check-masked-matrix.js';
import { checkRefresh, refreshWarnings } from './check-refresh.js';
import { checkTargets } from './check-targets.js';
import { existingProfiles, existingProfilesProblem } from './existing-profiles.js';
import { proxySources } from './proxy-sources.js';
import { readEarlySettings } from './read-early-settings.js';
import { readSettings } from './read-settings.js';
import { readTargets } from './read-targets.js';
import type { Request } from './request.js';
import type { RequestSources } from './request-sources.js';
import type { Settings } from './settings.js';
import { baseFacts, basesOfTargets, noBase } from './step-base.js';

/** Reads a request; throws InvalidRequest with every problem found. */
export function readRequest(sources: RequestSources): Request {
  const { inputs, otherInputs = {}, environment, files = noSharedConfig } = sources;
  const { problems: earlyProblems, ...early } = sources.early ?? readEarlySettings(inputs);
  const problems = [...earlyProblems];
  const places = placesOf((problem) => problems.push(problem));
  reportMisspelt(otherInputs, places);
  const settings = { ...early, ...readSettings(inputs, environment, places) };
  const declared = readTargets(sources, settings, places);
  const chosen = basesOfTargets(declared, inputs) ?? chooseBase(baseFacts(sources, { settings, declared }), places);
  const built = buildTargets(declared, { sources, settings, base: chosen?.base ?? noBase }, places);
  const { targets, regionReason } = built;
  const existing = existingProfiles(settings.handover, targets, files);
  checkTargets(settings, targets, places);
  if (settings.dryRun && settings.masksAccountIds) {
    checkMaskedMatrix(declared, targets);
  }
  checkRefresh(settings, targets, places);
  checkProxy(walkAddresses(targets, settings.endpoint), proxySources(inputs, environment), places);
  // A kept identity needs no profile, and a dry run writes none.
  if (!settings.reusesExisting && !settings.dryRun) {
    problems.push(...existingProfilesProblem(existing, targets));
  }
  if (problems.length > 0 || !isNonEmpty(targets)) {
    throw new InvalidRequest(problems);
  }
  const handover = completeHandover(settings.handover, targets);
  const ignoring = namesProfile(environment) ? toolsIgnoringKeys({ environment, files }) : undefined;
  const warnings = requestWarnings(sources, { settings: { ...settings, handover }, chosen, built, ignoring });
  return {
    ...settings,
    handover,
    targets,
    existingProfiles: existing,
    ...(ignoring !== undefined && { toolsIgnoringKeys: ignoring }),
    baseReason: chosen?.reason ?? '',
    ...(regionReason !== undefined && { regionReason }),
    warnings,
    notices: [...new Set(targets.flatMap(({ hops }) => inheritanceNotices(hops)))],
  };
}

/** Whether the job names a profile, even an empty one: only then may a tool prefer it to exported keys. */
function namesProfile({ AWS_PROFILE, AWS_DEFAULT_PROFILE }: Environment): boolean {
  return AWS_PROFILE !== undefined || AWS_DEFAULT_PROFILE !== undefined;
}

/** The warnings of a valid request, without duplicates. */
function requestWarnings(
  { otherInputs = {}, environment, files = noSharedConfig }: RequestSources,
  {
    settings,
    chosen,
    built: { targets, warnings },
    ignoring,
  }: {
    readonly settings: Settings;
    readonly chosen: ChosenBase | undefined;
    readonly built: BuiltTargets;
    readonly ignoring: string | undefined;
  },
): readonly string[] {
  const all = [
    ...[unknownWarning(otherInputs)].filter((text) => text !== undefined),
    ...(chosen?.warnings ?? []),
    ...fileWarnings(files),
    ...settings.warnings,
    ...warnings,
    ...refreshWarnings(settings, targets),
    ...variablesOnlyWarnings(settings.handover, environment, ignoring),
    ...targets.flatMap(({ hops }) => chainWarnings(hops)),
  ];
  return [...new Set(all)];
}

/**
 * Completes the handover settings with what depends on the targets. An identity that the machine renews itself is only
 * verified, unless the workflow asks for its keys. Keys are exported if there is one target, or `aws-profile` names
 * one.
 */
function completeHandover(handover: HandoverSettings, targets: readonly Target[]): HandoverSettings {
  const { environment, environmentAsked, profile } = handover;
  const identityOnly = isOwnIdentity(targets) && !environmentAsked && profile === undefined;
  const hasOne = targets.length === 1 || profile !== undefined;
  return { ...handover, environment: environment && !identityOnly && hasOne, identityOnly };
}

/** Warns about tools that would not use exported keys, if the workflow asks for variables only. */
function variablesOnlyWarnings(
  { environment: exportsKeys, environmentAsked, profile }: HandoverSettings,
  environment: Environment,
  ignoring: string | undefined,
): readonly string[] {
  const names = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'].filter((name) => environment[name] !== undefined);
  return exportsKeys && environmentAsked && profile === undefined && ignoring !== undefined
    ? [
        `output-env-credentials: true exports the variables only, and does not change ${names.join(' and ')}. If the job has that variable, ${ignoring} in later steps. Without the input, the step sets the variable to a profile that reads the keys.`,
      ]
    : [];
}

/** Maximum faults of AWS files that are listed. */
const mostFileWarnings = 5;

/** Warnings about the machine's AWS files, even if this step does not need them. */
function fileWarnings({ faults, moreFaults }: SharedConfig): readonly string[] {
  const shown = faults
    .slice(0, mostFileWarnings)
    .map(({ path, what, kind }) =>
      kind === 'unreadable' ? `${path} ${what}.` : `${path}: ${what}. The AWS CLI and boto3 refuse such a file.`,
    );
  const more = faults.length - shown.length + moreFaults;
  return [...shown, ...(more === 0 ? [] : [`The machine's AWS files have ${more} more lines of that kind.`])];
}
