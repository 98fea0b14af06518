import type { HopOptions } from '../declared/hop-options.js';
import type { Place } from '../input/place.js';
import type { StepContext } from './step-context.js';

/**
 * Removes the options for which the call of a chain's only hop has no parameter, with a warning each. `from` is the
 * start of the warning; `operation` is undefined if nothing needs to be removed.
 */
export function dropUnsupported(
  options: HopOptions,
  from: string,
  { operation, step }: { operation: string | undefined; step: StepContext },
): HopOptions {
  if (operation === undefined) {
    return options;
  }
  for (const name of unsupportedOptions(options)) {
    step.warn(`${from}${name} has no effect here: ${operation}, which makes the only hop, has no such parameter.`);
  }
  const { tags, transitiveTagKeys, externalId, sourceIdentity, ...carried } = options;
  return carried;
}

/** Reports each option of a hop for which its federated call has no parameter. */
export function reportUnsupported(options: HopOptions, operation: string, place: Place): void {
  for (const name of unsupportedOptions(options)) {
    place
      .at(name.replace(/:.*/, ''))
      .report(
        `this hop is made with ${operation}, which has no such parameter`,
        'Move the option to a later hop, or remove it',
      );
  }
}

/** The names of those options for which federated calls have no parameter. */
function unsupportedOptions(options: HopOptions): readonly string[] {
  const lost = {
    'custom-tags': options.tags,
    'transitive-tag-keys': options.transitiveTagKeys,
    'role-external-id': options.externalId,
    'source-identity': options.sourceIdentity,
    'role-skip-session-tagging: false': options.skipSessionTagging === false ? false : undefined,
  };
  return Object.entries(lost).flatMap(([name, value]) => (value === undefined ? [] : [name]));
}
