import { isRegionName, partitionOfRegion } from '../iam/partition.js';
import { quote } from '../input/problem.js';
import { profileVariables } from './machine-base.js';
import type { Machine } from './profile-ways.js';

/** The Region of the profile that is current on the machine. */
export interface MachineRegion {
  readonly region: string;
  readonly profile: string;
}

/** The Region of the current profile, of one with settings only too; what is no Region is warned of. */
export function machineRegion(machine: Machine, warn: (text: string) => void): MachineRegion | undefined {
  const name = profileVariables(machine)[0]?.name ?? 'default';
  const profile = machine.files.profiles.get(name);
  const region = profile?.entries.get('region');
  if (profile === undefined || !region) {
    return undefined;
  }
  if (!isRegionName(region)) {
    warn(`The profile ${name} (${profile.files.join(', ')}): ${quote(region)} is not an AWS Region, and is not used.`);
    return undefined;
  }
  return { region, profile: name };
}

/** Whether a Region serves a chain whose first role lies in a partition, where that is known. */
export function servesPartition(region: string, partition: string | undefined): boolean {
  return partition === undefined || partitionOfRegion(region)?.id === partition;
}
