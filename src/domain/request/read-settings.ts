import { endpointWarning, isOtherStsService, readEndpoint } from '../endpoint/read-endpoint.js';
import type { Environment } from '../input/environment.js';
import type { InputName, RawInputs } from '../input/input-names.js';
import type { Places } from '../input/place.js';
import { parseBoolean } from '../input/scalar.js';
import { readProxy } from '../proxy/proxy.js';
import { proxySources } from './proxy-sources.js';
import type { EarlySettings } from './read-early-settings.js';
import { readHandoverSettings } from './read-handover-settings.js';
import { readStepRegion } from './read-region.js';
import { readRetry } from './read-retry.js';
import { destinations, type Settings } from './settings.js';

/** Reads every input that is not about hops, the base identity or early settings; reports each problem. */
export function readSettings(
  inputs: RawInputs,
  environment: Environment,
  places: Places,
): Omit<Settings, keyof EarlySettings> {
  const text = (name: InputName) => (inputs[name] ?? '').trim();
  const flag = (name: InputName) => parseBoolean(text(name), places(name)) ?? false;
  const warnings: string[] = [];
  const endpoint = readEndpoint(text('sts-endpoint'), environment, places);
  const isOtherService = isOtherStsService(endpoint, text('sts-endpoint'));
  const { region, regionSource } = readStepRegion(text('aws-region'), environment, { isOtherService, places });
  // Only validated here: the inputs already contain the translated values.
  flag('translate-env-variables');
  const unsetsCurrent = flag('unset-current-credentials');
  return {
    ...(region !== undefined && { region }),
    regionSource,
    ...(endpoint !== undefined && { endpoint }),
    isOtherService,
    proxy: readProxy(proxySources(inputs, environment)),
    retry: readRetry(
      { attempts: text('retry-max-attempts'), isDisabled: flag('disable-retry') },
      (warning) => warnings.push(warning),
      places('retry-max-attempts'),
    ),
    alphanumericSecret: flag('special-characters-workaround'),
    reusesExisting: flag('use-existing-credentials'),
    unsetsCurrent,
    dryRun: flag('dry-run'),
    wantsRole: [...destinations, 'role-chain-file' as const].some((name) => (inputs[name] ?? '') !== ''),
    ...(text('audience') !== '' && { audience: text('audience') }),
    isRoleChaining: flag('role-chaining'),
    skipsOidc: flag('force-skip-oidc'),
    handover: readHandoverSettings(text, flag, places),
    warnings: [...warnings, ...[endpointWarning(endpoint, region)].filter((text) => text !== undefined)],
  };
}
