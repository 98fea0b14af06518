import { type MachineRegion, servesChain, servesPartition } from '../base-identity/machine-region.js';
import type { DeclaredTarget } from '../declared/catalog.js';
import { isRoleArn } from '../identifiers/arn.js';
import type { Settings } from './settings.js';

/** What determines the Regions of a target. */
export interface RegionSources {
  readonly settings: Pick<Settings, 'region' | 'regionSource'>;
  /** The Region of the machine's current profile. */
  readonly current: MachineRegion | undefined;
  readonly targets: readonly DeclaredTarget[];
}

/** The Regions of a target. */
export interface TargetRegions {
  /** The Region of the last hop's STS call, and the one to export; undefined if none is given. */
  readonly own?: string;
  /** The Region of the STS calls of earlier hops, which other targets may share. */
  readonly shared?: string;
  /** Whether one of them is the Region of the step's variables or of the machine's profile. */
  readonly usesSurroundings: boolean;
}

/**
 * Returns the Regions of a target. Its own Region applies to its last hop and to what is exported; otherwise, and for
 * earlier hops, the Region of the step applies: from the input, else the inventory's defaults, the environment, or the
 * machine's profile if that Region is in the chain's partition.
 */
export function targetRegions(declared: DeclaredTarget, { settings, current, targets }: RegionSources): TargetRegions {
  const role = declared.hops.map(({ options }) => options.role).find((each) => each !== undefined && isRoleArn(each));
  const partition = role !== undefined && isRoleArn(role) ? role.partition : undefined;
  const machine = current !== undefined && servesChain(current, partition) ? current.region : undefined;
  const fromDefaults = settings.regionSource === 'aws-region' ? undefined : declared.defaults?.region?.name;
  const ofStep = fromDefaults ?? settings.region ?? machine;
  const own = declared.region?.name;
  const fits = ofStep === undefined || own === undefined || servesPartition(ofStep, partition);
  const shared = fits ? (ofStep ?? commonRegion(targets)) : own;
  const region = own ?? ofStep;
  const isAround = fromDefaults === undefined && ofStep !== undefined;
  const usesSurroundings = isAround && (own === undefined || (fits && declared.hops.length > 1));
  return {
    usesSurroundings,
    ...(region !== undefined && { own: region }),
    ...(shared !== undefined && { shared }),
  };
}

/** The Region that every target has; undefined if they differ. */
function commonRegion(targets: readonly DeclaredTarget[]): string | undefined {
  const [first, ...others] = new Set(targets.map(({ region }) => region?.name));
  return others.length === 0 ? first : undefined;
}
