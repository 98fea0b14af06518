import { machineRegion } from '../base-identity/machine-region.js';
import type { BaseIdentity } from '../chain/base-identity.js';
import { checkChain } from '../chain/check-chain.js';
import type { Hop } from '../chain/hop.js';
import type { Target } from '../chain/target.js';
import type { DeclaredTarget } from '../declared/catalog.js';
import type { DeclaredHop } from '../declared/hop-options.js';
import { stepOptions } from '../declared/step-options.js';
import { visibleEnvironment } from '../input/environment.js';
import { trimmed } from '../input/input-names.js';
import type { Places } from '../input/place.js';
import { noSharedConfig } from '../shared-config/shared-config.js';
import { buildHops } from './build-hops.js';
import type { RequestSources } from './request-sources.js';
import type { Settings } from './settings.js';
import type { StepContext } from './step-context.js';
import { type RegionSources, targetRegions } from './target-regions.js';

/** The targets of a step, with warnings. */
export interface BuiltTargets {
  readonly targets: readonly Target[];
  readonly warnings: readonly string[];
  /** The sentence for the log if the Region comes from the machine's profile or AWS_DEFAULT_REGION, and is used. */
  readonly regionReason?: string;
}

/** The sources of a step, its settings, and the base identity of targets without their own. */
export interface TargetSources {
  readonly sources: RequestSources;
  readonly settings: Settings;
  readonly base: BaseIdentity;
}

/** Builds the declared targets with their Regions and hops; reports what AWS is certain to reject. */
export function buildTargets(
  declared: readonly DeclaredTarget[],
  { sources: { inputs, environment, files = noSharedConfig }, settings, base }: TargetSources,
  places: Places,
): BuiltTargets {
  const warnings: string[] = [];
  const warn = (text: string) => warnings.push(text);
  const isSingleRole = trimmed(inputs, 'role-to-assume') !== '';
  const step = { options: stepOptions(inputs, places), environment, isSingleRole, warn };
  const machine = { environment: visibleEnvironment(environment, settings), files };
  const { region, isOtherService } = settings;
  const current = region === undefined ? machineRegion(machine, { isOtherService, warn }) : undefined;
  const regions = { settings, current, targets: declared };
  const targets = declared.map((target) => buildTarget(target, { base, settings, step, regions }, places));
  const isUsed = () => declared.some((target) => targetRegions(target, regions).usesSurroundings);
  const reason = regionReason(settings, current);
  return { targets, warnings, ...(reason !== undefined && isUsed() && { regionReason: reason }) };
}

function regionReason({ region, regionSource }: Settings, current: RegionSources['current']): string | undefined {
  if (current !== undefined) {
    return `The Region ${current.region} is that of the profile ${current.profile}`;
  }
  return region !== undefined && regionSource === 'AWS_DEFAULT_REGION'
    ? `The Region ${region} is that of ${regionSource}`
    : undefined;
}

function buildTarget(
  declared: DeclaredTarget,
  {
    base: ofStep,
    settings,
    step,
    regions,
  }: { base: BaseIdentity; settings: Settings; step: StepContext; regions: RegionSources },
  places: Places,
): Target {
  const base = declared.base ?? ofStep;
  const { own: region, shared } = targetRegions(declared, regions);
  const hops = withRegions(buildHops(declared, base, step), { last: region, others: shared });
  if (!settings.isOtherService) {
    reportRefusedRoles(declared.hops);
  }
  const hopPlaces = declared.hops.map(({ place }) => place);
  const isInput = settings.regionSource === 'aws-region';
  const writtenRegion = declared.region ?? (isInput ? undefined : declared.defaults?.region);
  const regionPlace = writtenRegion?.place ?? places(settings.regionSource);
  const { endpoint, isOtherService } = settings;
  checkChain(hops, { base, region, regionPlace, endpoint, isOtherService, hopPlaces }, places);
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

/** Sets the STS Region of each hop; the last hop may have another one than the others. */
function withRegions(
  hops: readonly Hop[],
  { last, others }: { last: string | undefined; others: string | undefined },
): readonly Hop[] {
  return hops.map((hop, index) => {
    const region = index === hops.length - 1 ? last : others;
    return region === undefined ? hop : { ...hop, region };
  });
}

/** Reports roles that only a non-AWS STS can have. */
function reportRefusedRoles(hops: readonly DeclaredHop[]): void {
  for (const { awsRefusal } of hops.map(({ options }) => options)) {
    awsRefusal?.place.report(awsRefusal.what, awsRefusal.fix);
  }
}
