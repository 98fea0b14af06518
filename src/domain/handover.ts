import { environmentOf, keptVariables } from './handed-environment.js';
import { outputsOf } from './handed-outputs.js';
import { type Profile, profilesOf } from './handed-profiles.js';
import type { HandoverSources } from './handover-sources.js';
import type { Request } from './request.js';
import type { Walked } from './session.js';

/** Everything a step leaves behind, as data; one function applies it. */
export interface Handover {
  readonly environment: Readonly<Record<string, string>>;
  readonly profiles: readonly Profile[];
  readonly outputs: Readonly<Record<string, string>>;
}

/** Works out what to leave behind: environment, profiles and outputs, all about the last session of each target. */
export function handOver(sources: HandoverSources): Handover {
  const { request, walked } = sources;
  const current = currentOf(request, walked);
  return {
    environment: isKeptInPlace(current, request) ? keptVariables(current, request) : environmentOf(current, sources),
    profiles: profilesOf(current, sources),
    outputs: outputsOf(current, sources),
  };
}

/** The target that becomes the identity of the later steps; undefined where several are only written as profiles. */
function currentOf({ delivery }: Request, walked: readonly Walked[]): Walked | undefined {
  return walked.length === 1 ? walked[0] : walked.find(({ target }) => target.name === delivery.profile);
}

/** An identity that was found in the environment is already everybody's; only the Region may be news. */
function isKeptInPlace(current: Walked | undefined, { targets, delivery }: Request): current is Walked {
  return current?.isKept === true && targets.length === 1 && delivery.profile === undefined;
}
