import type { HandoverSettings } from '../handover/handover-settings.js';
import type { InputName } from '../input/input-names.js';
import type { Places } from '../input/place.js';
import { parseBoolean } from '../input/scalar.js';
import { profileNameRefusal } from '../shared-config/profile-name.js';

/** The name of the profile that renews the session, if `aws-profile` is not given. */
const defaultProfile = 'assume-role';

/** Reads the inputs that say what the step hands over; reports each problem. */
export function readHandoverSettings(
  text: (name: InputName) => string,
  flag: (name: InputName) => boolean,
  places: Places,
): HandoverSettings {
  const refresh = flag('refresh');
  const named = text('aws-profile');
  const problem = named === '' ? undefined : profileNameRefusal(named);
  if (problem !== undefined) {
    places('aws-profile').report(problem.what, problem.fix);
  }
  const profile = named || (refresh && text('targets') === '' ? defaultProfile : undefined);
  const place = places('output-env-credentials');
  const environmentInput = parseBoolean(text('output-env-credentials'), place);
  const outputs = flag('output-credentials');
  if (refresh && (environmentInput === true || outputs)) {
    places('refresh').report(
      `${environmentInput === true ? 'output-env-credentials' : 'output-credentials'} exports keys that cannot be renewed`,
      'Remove it; with refresh every tool gets its keys from the profile',
    );
  }
  return {
    environment: !refresh && (environmentInput ?? named === ''),
    environmentAsked: environmentInput === true,
    outputs,
    ...(profile !== undefined && { profile }),
    overwritesProfile: flag('overwrite-aws-profile'),
    refresh,
  };
}
