import type { Hop } from '../chain/hop.js';
import type { DeclaredHop, HopOptions } from '../declared/hop-options.js';
import type { Place } from '../input/place.js';
import { quote } from '../input/quote.js';
import { defaultTags, isDefaultTagKey, type Tag } from '../session-limits/tags.js';
import type { StepContext } from './step-context.js';

/** Returns the session tags of a hop: its own, and the default ones unless they are skipped; reports equal keys. */
export function hopTags(own: HopOptions, step: StepContext, place: Place): readonly Tag[] {
  const custom = own.tags ?? [];
  if (own.skipSessionTagging ?? !step.isSingleRole) {
    return custom;
  }
  const taken = custom.filter(({ key }) => isDefaultTagKey(key));
  for (const { key } of taken) {
    place
      .at('custom-tags')
      .report(
        `tag key ${quote(key)} is one of the default session tags`,
        'Use another key, or set role-skip-session-tagging: true',
      );
  }
  // The hop's own tags are omitted then, so that the equal keys are not reported a second time as duplicates.
  return [...defaultTags(step.environment), ...(taken.length > 0 ? [] : custom)];
}

/**
 * Adds the step's transitive tag keys to the hops: each key to the first hop that sets the tag; a key that no hop sets
 * to the last one, where it is reported.
 */
export function withStepKeys(
  hops: readonly Hop[],
  { declared, keys, step }: { declared: readonly DeclaredHop[]; keys: readonly string[]; step: StepContext },
): readonly Hop[] {
  if (keys.length === 0) {
    return hops;
  }
  const settingHop = (key: string) => {
    const setter = hops.findIndex(({ tags }) => tags.some((tag) => tag.key.toLowerCase() === key.toLowerCase()));
    return setter < 0 ? hops.length - 1 : setter;
  };
  return hops.map((hop, index) => {
    const own = keys.filter((key) => settingHop(key) === index);
    const hasOwnKeys = declared[index]?.options.transitiveTagKeys !== undefined;
    return hasOwnKeys ? hop : { ...hop, transitiveTagKeys: sentKeys(own, hop.tags, step) };
  });
}

/**
 * Returns the keys without those of default tags that this run does not send, as they have no value; warns of these.
 */
function sentKeys(keys: readonly string[], tags: readonly Tag[], { warn }: StepContext): readonly string[] {
  return keys.filter((key) => {
    const isUnsentDefault = isDefaultTagKey(key) && !tags.some((tag) => tag.key.toLowerCase() === key.toLowerCase());
    if (isUnsentDefault) {
      warn(`transitive-tag-keys: ${key} is left out, because this run does not send that default session tag.`);
    }
    return !isUnsentDefault;
  });
}
