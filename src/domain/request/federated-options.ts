import type { HopOptions } from '../declared/hop-options.js';
import type { Place } from '../input/place.js';
import type { StepContext } from './step-context.js';

/** Removes options that the only hop of a chain does not support, with a warning each; `from` names their origin. */
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

/** Reports each option of a hop that its federated call has no parameter for. */
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

/** The options without a parameter in a federated call. */
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
