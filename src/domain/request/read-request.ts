import { machineRegion } from '../base/machine-region.js';
import type { BaseIdentity } from '../chain/base-identity.js';
import type { Hop } from '../chain/hop.js';
import type { Target } from '../chain/target.js';
import { walkAddresses } from '../chain/walk-addresses.js';
import type { DeclaredTarget } from '../declared/catalog.js';
import type { DeclaredHop } from '../declared/hop-options.js';
import { stepOptions } from '../declared/step-options.js';
import { checkProxy } from '../endpoint/proxy.js';
import { isOwnIdentity } from '../handover/own-identity.js';
import { visibleEnvironment } from '../input/environment.js';
import { trimmed } from '../input/inputs.js';
import { isNonEmpty } from '../input/non-empty.js';
import { InvalidRequest, type Problem, type Report } from '../input/problem.js';
import { reportMisspelt, unknownWarning } from '../input/unknown-inputs.js';
import { noSharedConfig, type SharedConfig } from '../shared-config/profiles.js';
import { buildHops, type StepContext } from './build-hops.js';
import { chainWarnings, checkChain, inheritanceNotices } from './check-chain.js';
import { checkMatrix } from './check-matrix.js';
import { checkRefresh, refreshWarnings } from './check-refresh.js';
import { checkTargets } from './check-targets.js';
import { proxySources } from './proxy-sources.js';
import { readSettings } from './read-settings.js';
import { readTargets } from './read-targets.js';
import type { Request } from './request.js';
import type { RequestSources } from './request-sources.js';
import type { Settings } from './settings.js';
import { noBase, stepBase } from './step-base.js';
import { takenProfile } from './taken-profile.js';
import { type RegionSources, targetRegions } from './target-regions.js';

/** Reads a request; throws InvalidRequest with every problem found. */
export function readRequest(sources: RequestSources): Request {
  const problems: Problem[] = [];
  const warnings: string[] = [];
  const report: Report = (problem) => problems.push(problem);
  const otherInputs = sources.otherInputs ?? {};
  reportMisspelt(otherInputs, report);
  const settings = readSettings(sources.inputs, sources.environment, report);
  const declared = readTargets(sources, settings, report);
  const chosen = stepBase(sources, settings, declared, report);
  const base: BaseIdentity = chosen?.base ?? noBase;
  const files = sources.files ?? noSharedConfig;
  const options = stepOptions(sources.inputs, report);
  const isSingleRole = trimmed(sources.inputs, 'role-to-assume') !== '';
  const warn = (text: string) => warnings.push(text);
  const step = { options, environment: sources.environment, isSingleRole, warn };
  const machine = { environment: visibleEnvironment(sources.environment, settings), files };
  const current =
    settings.region === undefined
      ? machineRegion(machine, { isOtherService: settings.isOtherService, warn })
      : undefined;
  const regions = { settings, current, targets: declared };
  const targets = declared.map((target) => readTarget(target, { base, settings, step, regions }, report));
  checkTargets(sources.inputs, settings, targets, report);
  if (settings.dryRun && settings.masksAccountIds) {
    checkMatrix(declared, targets);
  }
  checkRefresh(sources, settings, targets, report);
  const proxies = proxySources(sources.inputs, sources.environment);
  checkProxy(walkAddresses(targets, settings.endpoint), proxies, report);
  const taken = takenProfile(settings.handover, { all: targets, written: targets }, [...files.profiles.keys()]);
  if (taken !== undefined && !settings.reusesExisting && !settings.dryRun) {
    report(taken);
  }
  if (problems.length > 0 || !isNonEmpty(targets)) {
    throw new InvalidRequest(problems);
  }
  const several = targets.length > 1;
  const { environment, environmentAsked, profile } = settings.handover;
  const provesOnly = isOwnIdentity(targets) && !environmentAsked && profile === undefined;
  const handover = {
    ...settings.handover,
    environment: environment && !provesOnly && (!several || profile !== undefined),
    provesOnly,
  };
  return {
    ...settings,
    handover,
    targets,
    baseReason: chosen?.reason ?? '',
    warnings: [
      ...new Set([
        ...[unknownWarning(otherInputs)].filter((text) => text !== undefined),
        ...(chosen?.warnings ?? []),
        ...fileWarnings(files),
        ...settings.warnings,
        ...warnings,
        ...refreshWarnings(settings, targets),
        ...targets.flatMap(({ hops }) => chainWarnings(hops)),
      ]),
    ],
    notices: [...new Set(targets.flatMap(({ hops }) => inheritanceNotices(hops)))],
  };
}

/** The declared targets, validated against AWS's limits, with complete hops. */
function readTarget(
  declared: DeclaredTarget,
  {
    base: ofStep,
    settings,
    step,
    regions,
  }: { base: BaseIdentity; settings: Settings; step: StepContext; regions: RegionSources },
  report: Report,
): Target {
  const base = declared.base ?? ofStep;
  const { own: region, shared } = targetRegions(declared, regions);
  const hops = withRegions(buildHops(declared, base, step), { last: region, others: shared });
  if (!settings.isOtherService) {
    reportRefusedRoles(declared.hops);
  }
  const places = declared.hops.map(({ place }) => place);
  const regionPlace = (declared.region ?? (settings.isRegionGiven ? undefined : declared.defaults?.region))?.place;
  const { endpoint, isOtherService } = settings;
  checkChain(hops, { base, region, regionPlace, endpoint, isOtherService, places }, report);
  const { allowedAccountIds } = step.options;
  return {
    ...(declared.name !== '' && { name: declared.name }),
    base,
    hops,
    ...(region && { region }),
    ...(declared.matrix && { matrix: declared.matrix }),
    allowedAccountIds: hops.length === 0 && allowedAccountIds ? [allowedAccountIds] : [],
  };
}

/** Sets the STS Region of each hop. */
function withRegions(
  hops: readonly Hop[],
  { last, others }: { last: string | undefined; others: string | undefined },
): readonly Hop[] {
  return hops.map((hop, index) => {
    const region = index === hops.length - 1 ? last : others;
    return region === undefined ? hop : { ...hop, region };
  });
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

/** Reports roles that only a non-AWS STS can have. */
function reportRefusedRoles(hops: readonly DeclaredHop[]): void {
  for (const { awsRefusal } of hops.map(({ options }) => options)) {
    awsRefusal?.place.report(awsRefusal.what, awsRefusal.fix);
  }
}
