import type { ReachedTarget } from '../chain/outcome.js';
import type { NewProfile } from '../shared-config/new-profile.js';
import type { HandoverRequest, HandoverSources } from './handover-sources.js';
import { newProfiles } from './new-profiles.js';
import { environmentOf, keptVariables } from './new-variables.js';
import { outputsOf } from './outputs.js';

/** Everything a step exports, as data; one function applies it. */
export interface Handover {
  readonly environment: Readonly<Record<string, string>>;
  readonly profiles: readonly NewProfile[];
  readonly outputs: Readonly<Record<string, string>>;
}

/** Plans what to export: environment, profiles and outputs of each target's last session. */
export function planHandover(sources: HandoverSources): Handover {
  const { request, reached } = sources;
  const current = currentOf(request, reached);
  return {
    environment: isKeptInPlace(current, request) ? keptVariables(current, request) : environmentOf(current, sources),
    profiles: newProfiles(current, sources),
    outputs: outputsOf(current, sources),
  };
}

/** The target that becomes the identity of later steps; undefined if several are only written as profiles. */
function currentOf({ handover }: HandoverRequest, walked: readonly ReachedTarget[]): ReachedTarget | undefined {
  return walked.length === 1 ? walked[0] : walked.find(({ target }) => target.name === handover.profile);
}

/** Whether the step keeps an identity that later steps find without it, so that at most the Region is exported. */
function isKeptInPlace(
  current: ReachedTarget | undefined,
  { targets, handover }: HandoverRequest,
): current is ReachedTarget {
  return current?.isKept === true && targets.length === 1 && handover.profile === undefined;
}
