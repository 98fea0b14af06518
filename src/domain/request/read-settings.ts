import type { RetryRules } from '../chain/retry.js';
import { readProxy } from '../endpoint/proxy.js';
import { parseOtherRegion, parseRegion } from '../iam/region.js';
import type { Environment } from '../input/environment.js';
import type { InputName, RawInputs } from '../input/inputs.js';
import { placeOf } from '../input/place.js';
import type { Report } from '../input/problem.js';
import { parseBoolean, parseInteger } from '../input/scalar.js';
import { proxySources } from './proxy-sources.js';
import { readDeadline } from './read-deadline.js';
import { endpointWarning, isOtherMake, readEndpoint } from './read-endpoint.js';
import { readHandoverSettings } from './read-handover-settings.js';
import { readLogSettings } from './read-log-settings.js';
import type { Settings } from './settings.js';

const defaultAttempts = 6;

/** Reads every input that is not about hops or the base identity; reports each problem. */
export function readSettings(inputs: RawInputs, environment: Environment, report: Report): Settings {
  const text = (name: InputName) => (inputs[name] ?? '').trim();
  const flag = (name: InputName) => parseBoolean(text(name), placeOf(name, report)) ?? false;
  const warnings: string[] = [];
  const endpoint = readEndpoint(text('sts-endpoint'), environment, report);
  const isOtherService = isOtherMake(endpoint, text('sts-endpoint'));
  const region = readRegion(text('aws-region'), { environment, isOtherService }, report);
  // The inputs already contain the translated values.
  flag('translate-env-variables');
  const unsetsCurrent = flag('unset-current-credentials');
  const deadlineSeconds = readDeadline(inputs, report);
  return {
    ...readLogSettings(inputs, report),
    ...(region !== undefined && { region }),
    isRegionGiven: text('aws-region') !== '',
    ...(endpoint !== undefined && { endpoint }),
    isOtherService,
    proxy: readProxy(proxySources(inputs, environment)),
    ...(deadlineSeconds !== undefined && { deadlineSeconds }),
    retry: readRetry(text('retry-max-attempts'), flag('disable-retry'), warnings, report),
    alphanumericSecret: flag('special-characters-workaround'),
    reusesExisting: flag('use-existing-credentials'),
    unsetsCurrent,
    dryRun: flag('dry-run'),
    isRoleChaining: flag('role-chaining'),
    skipsOidc: flag('force-skip-oidc'),
    handover: readHandoverSettings(text, flag, report),
    warnings: [...warnings, ...[endpointWarning(endpoint, region)].filter((text) => text !== undefined)],
  };
}

function readRegion(
  input: string,
  { environment, isOtherService }: { environment: Environment; isOtherService: boolean },
  report: Report,
): string | undefined {
  const region = input || environment.AWS_REGION || environment.AWS_DEFAULT_REGION;
  if (!region) {
    return undefined;
  }
  const where = input ? 'aws-region' : environment.AWS_REGION ? 'AWS_REGION' : 'AWS_DEFAULT_REGION';
  return (isOtherService ? parseOtherRegion : parseRegion)(region, placeOf(where, report));
}

function readRetry(attemptsText: string, isDisabled: boolean, warnings: string[], report: Report): RetryRules {
  const place = placeOf('retry-max-attempts', report);
  const given = parseInteger(attemptsText, { minimum: 0, maximum: 100 }, place);
  const attempts = given === 0 ? undefined : given;
  if (given === 0) {
    warnings.push(
      'retry-max-attempts: 0 counts as not given, as in configure-aws-credentials; disable-retry: true tries each call once.',
    );
  }
  if (isDisabled) {
    if (attempts !== undefined) {
      warnings.push('retry-max-attempts has no effect, because disable-retry is true.');
    }
    return { attempts: 1, includesFreshRoles: false };
  }
  return { attempts: attempts ?? defaultAttempts, includesFreshRoles: attempts !== undefined };
}
