import { type ReachedTarget, type TargetOutcome, WalkFailed } from '../../domain/chain/outcome.js';
import type { Target } from '../../domain/chain/target.js';
import { InvalidRequest } from '../../domain/input/problem.js';
import { existingProfilesProblem } from '../../domain/request/existing-profiles.js';
import type { Request } from '../../domain/request/request.js';
import type { WalkContext } from '../walk/walk-context.js';

/**
 * Returns the targets whose identity exists already and is kept. Rejects with InvalidRequest if the profile of another
 * target exists and may not be overwritten.
 */
export async function keptTargets(request: Request, context: WalkContext): Promise<readonly ReachedTarget[]> {
  if (!request.reusesExisting) {
    return [];
  }
  // Loaded on demand: few steps reuse existing credentials.
  const { keepExisting } = await import('./keep-existing.js');
  const kept = await keepExisting(request, context);
  refuseExistingProfiles(request, missingTargets(request, kept));
  return kept;
}

/** The targets to walk to: those that are not kept. */
export function missingTargets({ targets }: Request, kept: readonly ReachedTarget[]): readonly Target[] {
  return targets.filter((target) => !kept.some((one) => one.target === target));
}

/** Returns all targets of the step in order, kept or walked to; throws `WalkFailed` if one of them was not reached. */
export function reachedTargets(
  { targets }: Request,
  kept: readonly ReachedTarget[],
  outcomes: readonly TargetOutcome[],
): readonly ReachedTarget[] {
  const failed = outcomes.flatMap((outcome) => (outcome.kind === 'failed' ? [outcome.failed] : []));
  if (failed.length > 0) {
    throw new WalkFailed(failed);
  }
  const walked = outcomes.flatMap((outcome) => (outcome.kind === 'reached' ? [outcome.reached] : []));
  const byTarget = new Map([...kept, ...walked].map((one) => [one.target, one]));
  return targets.flatMap((target) => byTarget.get(target) ?? []);
}

/** Throws InvalidRequest if a target that is not kept needs a profile that exists and may not be overwritten. */
function refuseExistingProfiles({ targets, existingProfiles }: Request, missing: readonly Target[]): void {
  const isWritten = (profile: string) =>
    targets.length === 1 ? missing.length === 1 : missing.some(({ name }) => name === profile);
  const problem = existingProfilesProblem(existingProfiles.filter(isWritten), targets);
  if (problem.length > 0) {
    throw new InvalidRequest(problem);
  }
}
