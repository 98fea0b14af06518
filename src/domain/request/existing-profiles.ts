import type { HandoverSettings } from '../handover/handover-settings.js';
import type { Problem } from '../input/problem.js';
import type { SharedConfig } from '../shared-config/shared-config.js';

interface Named {
  readonly name?: string;
}

/** The names of the machine's profiles that the step would have to overwrite without being allowed to. */
export function existingProfiles(
  { profile, overwritesProfile }: HandoverSettings,
  targets: readonly Named[],
  { profiles }: SharedConfig,
): readonly string[] {
  const written = targets.length > 1 ? targets.map(({ name }) => name) : [profile];
  return overwritesProfile ? [] : written.filter((name) => name !== undefined).filter((name) => profiles.has(name));
}

/** The problem of existing profiles, if there are any; `targets` are those of the step. */
export function existingProfilesProblem(names: readonly string[], targets: readonly Named[]): readonly Problem[] {
  const where = targets.length > 1 ? 'targets' : 'aws-profile';
  const what = `the profile ${names.join(', ')} is already in this machine's AWS files`;
  const fix = 'Choose another name, or set overwrite-aws-profile: true; the post step restores the old one';
  return names.length === 0 ? [] : [{ where, what, fix }];
}
