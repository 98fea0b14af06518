import { chooseBase } from '../base/choose-base.js';
import type { Machine } from '../base/machine.js';
import { toolsPastKeys } from '../base/tools/exported-keys.js';
import type { Target } from '../chain/target.js';
import { walkAddresses } from '../chain/walk-addresses.js';
import { checkProxy } from '../endpoint/proxy.js';
import type { HandoverSettings } from '../handover/handover-settings.js';
import { isOwnIdentity } from '../handover/own-identity.js';
import { isNonEmpty } from '../input/non-empty.js';
import { type Places, placesOf } from '../input/place.js';
import { InvalidRequest, type Problem } from '../input/problem.js';
import { reportMisspelt, unknownWarning } from '../input/unknown-inputs.js';
import { noSharedConfig, type SharedConfig } from '../shared-config/profiles.js';
import { buildTargets } from './build-targets.js';
import { chainWarnings, inheritanceNotices } from './chain-warnings.js';
import { checkMatrix } from './check-matrix.js';
import { checkRefresh, refreshWarnings } from './check-refresh.js';
import { checkTargets } from './check-targets.js';
import { proxySources } from './proxy-sources.js';
import { readSettings } from './read-settings.js';
import { readTargets } from './read-targets.js';
import type { Request } from './request.js';
import type { RequestSources } from './request-sources.js';
import type { Settings } from './settings.js';
import { baseFacts, noBase, ownBases } from './step-base.js';
import { takenProfile } from './taken-profile.js';

/** Reads a request; throws InvalidRequest with every problem found. */
export function readRequest(sources: RequestSources): Request {
  const problems: Problem[] = [];
  const places = placesOf((problem) => problems.push(problem));
  const { inputs, otherInputs = {}, environment, files = noSharedConfig } = sources;
  reportMisspelt(otherInputs, places);
  const settings = readSettings(inputs, environment, places);
  const declared = readTargets(sources, settings, places);
  const chosen = ownBases(declared, inputs) ?? chooseBase(baseFacts(sources, { settings, declared }), places);
  const built = buildTargets(declared, { sources, settings, base: chosen?.base ?? noBase }, places);
  const { targets, warnings, regionReason } = built;
  checkTargets(settings, targets, places);
  if (settings.dryRun && settings.masksAccountIds) {
    checkMatrix(declared, targets);
  }
  checkRefresh(settings, targets, places);
  checkProxy(walkAddresses(targets, settings.endpoint), proxySources(inputs, environment), places);
  checkTaken(settings, { targets, files }, places);
  if (problems.length > 0 || !isNonEmpty(targets)) {
    throw new InvalidRequest(problems);
  }
  const handover = provenOrExported(settings.handover, targets);
  const allWarnings = [
    ...[unknownWarning(otherInputs)].filter((text) => text !== undefined),
    ...(chosen?.warnings ?? []),
    ...fileWarnings(files),
    ...settings.warnings,
    ...warnings,
    ...refreshWarnings(settings, targets),
    ...variablesOnlyWarnings(handover, { environment, files }),
    ...targets.flatMap(({ hops }) => chainWarnings(hops)),
  ];
  return {
    ...settings,
    handover,
    targets,
    baseReason: chosen?.reason ?? '',
    ...(regionReason !== undefined && { regionReason }),
    warnings: [...new Set(allWarnings)],
    notices: [...new Set(targets.flatMap(({ hops }) => inheritanceNotices(hops)))],
  };
}

/** Reports existing profiles; a kept identity writes none, and a dry run neither. */
function checkTaken(
  { handover, reusesExisting, dryRun }: Settings,
  { targets, files }: { readonly targets: readonly Target[]; readonly files: SharedConfig },
  places: Places,
): void {
  const taken = takenProfile(handover, { all: targets, written: targets }, [...files.profiles.keys()]);
  if (taken !== undefined && !reusesExisting && !dryRun) {
    places(taken.where).report(taken.what, taken.fix);
  }
}

/**
 * An identity that the machine renews is only verified; keys of several targets need the one that `aws-profile` names.
 */
function provenOrExported(handover: HandoverSettings, targets: readonly Target[]): HandoverSettings {
  const { environment, environmentAsked, profile } = handover;
  const identityOnly = isOwnIdentity(targets) && !environmentAsked && profile === undefined;
  const hasOne = targets.length === 1 || profile !== undefined;
  return { ...handover, environment: environment && !identityOnly && hasOne, identityOnly };
}

/** Warns about tools that would not use the keys, if the workflow asks for variables only. */
function variablesOnlyWarnings(
  { environment, environmentAsked, profile }: HandoverSettings,
  machine: Machine,
): readonly string[] {
  const names = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'].filter((name) => machine.environment[name] !== undefined);
  const past = names.length === 0 ? undefined : toolsPastKeys(machine);
  return environment && environmentAsked && profile === undefined && past !== undefined
    ? [
        `output-env-credentials: true exports the variables only, and leaves ${names.join(' and ')} alone. If the job has that variable, ${past} in later steps. Without the input, the step points the variable at a profile that reads the keys.`,
      ]
    : [];
}

/** Maximum faulty lines of AWS files that are listed. */
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
