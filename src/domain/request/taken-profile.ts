import type { HandoverSettings } from '../handover/handover-settings.js';
import type { Problem } from '../input/problem.js';

interface Named {
  readonly name?: string;
}

/** The problem of existing profiles that may not be overwritten, reported before any call. */
export function takenProfile(
  handover: HandoverSettings,
  { all, written }: { readonly all: readonly Named[]; readonly written: readonly Named[] },
  machineProfiles: readonly string[],
): Problem | undefined {
  const several = all.length > 1;
  const wanted = several ? written.map(({ name }) => name) : [handover.profile];
  const there = new Set(machineProfiles);
  const taken = wanted.filter((name) => name !== undefined && there.has(name));
  return taken.length === 0 || handover.overwritesProfile
    ? undefined
    : {
        where: several ? 'targets' : 'aws-profile',
        what: `the profile ${taken.join(', ')} is already in this machine's AWS files`,
        fix: 'Choose another name, or set overwrite-aws-profile: true; the post step restores the old one',
      };
}
