import { parseOtherRegion, parseRegion } from '../identifiers/parse-region.js';
import { partitionOfRegion } from '../identifiers/partition.js';
import { placesOf } from '../input/place.js';
import type { Machine } from './machine.js';
import { profileVariables } from './profile-variables.js';

/** The Region of the machine's current profile. */
export interface MachineRegion {
  readonly region: string;
  readonly profile: string;
  /** Whether it is a Region of a non-AWS service, which has no partitions. */
  readonly isOther: boolean;
}

/** Returns the Region of the current profile, even if that has only settings; warns about an invalid Region. */
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
  const place = placesOf(({ where, what }) => warn(`The Region of ${where} is not used: ${what}.`))(
    `the profile ${name} (${profile.files.join(', ')})`,
  );
  const region = (isOtherService ? parseOtherRegion : parseRegion)(text, place);
  return region === undefined ? undefined : { region, profile: name, isOther: isOtherService };
}

/** Whether the machine's Region can be used for a chain in a partition. Any can if the partition is undefined. */
export function servesChain({ region, isOther }: MachineRegion, partition: string | undefined): boolean {
  return isOther || servesPartition(region, partition);
}

/** Whether an AWS Region can be used for a chain in a partition; undefined means that the partition is unknown. */
export function servesPartition(region: string, partition: string | undefined): boolean {
  return partition === undefined || partitionOfRegion(region)?.id === partition;
}
