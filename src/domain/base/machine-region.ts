import { partitionOfRegion } from '../iam/partition.js';
import { parseOtherRegion, parseRegion } from '../iam/region.js';
import { placeOf } from '../input/place.js';
import { profileVariables } from './profile-variables.js';
import type { Machine } from './profile-ways.js';

/** The Region of the profile that is current on the machine. */
export interface MachineRegion {
  readonly region: string;
  readonly profile: string;
  /** Whether it is one of another maker's service, which knows no partitions. */
  readonly isOther: boolean;
}

/** The Region of the current profile, of one with settings only too; what is no Region is warned of. */
export function machineRegion(
  machine: Machine,
  { isOtherService, warn }: { readonly isOtherService: boolean; readonly warn: (text: string) => void },
): MachineRegion | undefined {
  const name = profileVariables(machine)[0]?.name ?? 'default';
  const profile = machine.files.profiles.get(name);
  const text = profile?.entries.get('region');
  if (profile === undefined || !text) {
    return undefined;
  }
  const place = placeOf(`the profile ${name} (${profile.files.join(', ')})`, ({ where, what }) =>
    warn(`The Region of ${where} is not used: ${what}.`),
  );
  const region = (isOtherService ? parseOtherRegion : parseRegion)(text, place);
  return region === undefined ? undefined : { region, profile: name, isOther: isOtherService };
}

/** Whether the Region of the machine serves a chain whose first role is in a partition, where that is known. */
export function servesChain({ region, isOther }: MachineRegion, partition: string | undefined): boolean {
  return isOther || servesPartition(region, partition);
}

/** Whether a Region of AWS serves a chain whose first role is in a partition, where that is known. */
export function servesPartition(region: string, partition: string | undefined): boolean {
  return partition === undefined || partitionOfRegion(region)?.id === partition;
}
