import type { RetryRules } from '../chain/retry.js';
import { globalStsHost, isAwsEndpoint } from '../endpoint/aws-endpoint.js';
import { isLoopback } from '../endpoint/loopback.js';
import { type ProxySettings, readProxy } from '../endpoint/proxy.js';
import type { HandoverSettings } from '../handover/handover-settings.js';
import { isOptInRegion } from '../iam/partition.js';
import { parseOtherRegion, parseRegion } from '../iam/region.js';
import type { Environment } from '../input/environment.js';
import type { InputName, RawInputs } from '../input/inputs.js';
import { placeOf } from '../input/place.js';
import type { Report } from '../input/problem.js';
import { quote } from '../input/quote.js';
import { parseBoolean, parseInteger } from '../input/scalar.js';
import { profileNameProblem } from '../shared-config/profile-name.js';
import { readDeadline } from './deadline.js';
import { type LogSettings, readLogSettings } from './log-settings.js';
import { proxySources } from './proxy-sources.js';

/** Everything in a request that is not about hops. */
export interface Settings extends LogSettings {
  /** The Region of the input or a variable; undefined if neither is set. */
  readonly region?: string;
  /** Whether the Region is from the input, which takes precedence over an inventory's defaults. */
  readonly isRegionGiven: boolean;
  readonly endpoint?: string;
  /** Whether the endpoint is a non-AWS STS. */
  readonly isOtherService: boolean;
  readonly proxy: ProxySettings;
  /** Maximum seconds of the whole step; undefined for no limit. */
  readonly deadlineSeconds?: number;
  readonly retry: RetryRules;
  /** Retry until the secret access key has only letters and digits. */
  readonly alphanumericSecret: boolean;
  readonly reusesExisting: boolean;
  readonly unsetsCurrent: boolean;
  readonly dryRun: boolean;
  readonly isRoleChaining: boolean;
  readonly skipsOidc: boolean;
  readonly handover: HandoverSettings;
  readonly warnings: readonly string[];
}

const defaultAttempts = 6;

/** The default name of the refreshing profile. */
const defaultProfile = 'assume-role';

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
    handover: readDelivery(text, flag, report),
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

/**
 * Whether the STS is not AWS's, and can have role ARNs and Regions of its own. Emulators of AWS are usually configured
 * by a variable with a loopback address.
 */
function isOtherMake(endpoint: string | undefined, input: string): boolean {
  if (endpoint === undefined || !URL.canParse(endpoint) || isAwsEndpoint(endpoint)) {
    return false;
  }
  const { protocol, hostname } = new URL(endpoint);
  return isLoopback(hostname) ? input !== '' : protocol === 'https:';
}

function readEndpoint(input: string, environment: Environment, report: Report): string | undefined {
  const ignored = /^true$/i.test(environment.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ?? '');
  const configured = ignored ? undefined : environment.AWS_ENDPOINT_URL_STS || environment.AWS_ENDPOINT_URL;
  const endpoint = input || configured || undefined;
  if (endpoint === undefined) {
    return undefined;
  }
  const where = input ? 'sts-endpoint' : environment.AWS_ENDPOINT_URL_STS ? 'AWS_ENDPOINT_URL_STS' : 'AWS_ENDPOINT_URL';
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    report({
      where,
      // The text before an @ may be a password.
      what: `${endpoint.includes('@') ? 'the value' : quote(endpoint)} is not an http or https address`,
      fix: 'Write it like https://sts.example.com',
    });
  } else if (url.username !== '' || url.password !== '') {
    report({ where, what: 'the address holds a user name or password', fix: 'STS signs its requests; remove them' });
  } else if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    report({
      where,
      what: `${quote(endpoint)} would send credentials over plain http to another machine`,
      fix: plainHttpFix(url),
    });
  }
  const variant = ['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT'].find((name) =>
    /^true$/i.test(environment[name] ?? ''),
  );
  if (variant !== undefined) {
    report({
      where: `${where}, ${variant}`,
      what: `${variant} is true, and AWS has no FIPS or dual-stack variant of a custom endpoint`,
      fix: 'Remove one of the two',
    });
  }
  return endpoint;
}

/** Plain http is for loopback only; a job container reaches services by name, and must forward a loopback port. */
function plainHttpFix({ hostname, port }: URL): string {
  const own = `http://127.0.0.1:${port || '80'}`;
  const forward = `socat TCP-LISTEN:${port || '80'},bind=127.0.0.1,fork TCP:${hostname}:${port || '80'} &`;
  return `Use https. A service container of a job on the runner itself: publish its port, and write ${own}. In a job container: forward the port in an earlier step (${forward}), and write ${own}`;
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

function readDelivery(
  text: (name: InputName) => string,
  flag: (name: InputName) => boolean,
  report: Report,
): HandoverSettings {
  const refresh = flag('refresh');
  const named = text('aws-profile');
  const problem = named === '' ? undefined : profileNameProblem(named);
  if (problem !== undefined) {
    report({
      where: 'aws-profile',
      what: problem,
      fix: 'Use a name without white space, quotes, brackets, slashes, # ; and =',
    });
  }
  const profile = named || (refresh && text('targets') === '' ? defaultProfile : undefined);
  const place = placeOf('output-env-credentials', report);
  const environmentInput = parseBoolean(text('output-env-credentials'), place);
  const outputs = flag('output-credentials');
  if (refresh && (environmentInput === true || outputs)) {
    report({
      where: 'refresh',
      what: `${environmentInput === true ? 'output-env-credentials' : 'output-credentials'} exports keys that cannot be renewed`,
      fix: 'Remove it; with refresh every tool gets its keys from the profile',
    });
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

function endpointWarning(endpoint: string | undefined, region: string | undefined): string | undefined {
  const isGlobal = endpoint !== undefined && URL.canParse(endpoint) && new URL(endpoint).hostname === globalStsHost;
  return isGlobal && region !== undefined && isOptInRegion(region)
    ? `The global STS endpoint gives session tokens that ${region}, an opt-in Region, does not accept by default; omit sts-endpoint to use STS in that Region.`
    : undefined;
}
