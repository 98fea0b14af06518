import { isOptInRegion } from '../identifiers/partition.js';
import type { Environment } from '../input/environment.js';
import type { Places } from '../input/place.js';
import { emptyItemFix } from '../input/problem.js';
import { quote } from '../input/quote.js';
import { isLoopback } from '../proxy/loopback.js';
import { globalStsHost, isAwsEndpoint } from './aws-endpoint.js';

/**
 * Whether the STS is not AWS's, so that other role ARNs and Regions than AWS's are accepted. A loopback address in a
 * variable does not count: it is usually an emulator of AWS.
 */
export function isOtherStsService(endpoint: string | undefined, input: string): boolean {
  if (endpoint === undefined || !URL.canParse(endpoint) || isAwsEndpoint(endpoint)) {
    return false;
  }
  const { protocol, hostname } = new URL(endpoint);
  return isLoopback(hostname) ? input !== '' : protocol === 'https:';
}

/** Returns the STS endpoint of the input or a variable, and reports an invalid one; undefined if none is given. */
export function readEndpoint(input: string, environment: Environment, places: Places): string | undefined {
  const ignored = /^true$/i.test(environment.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ?? '');
  const configured = ignored ? undefined : environment.AWS_ENDPOINT_URL_STS || environment.AWS_ENDPOINT_URL;
  const endpoint = input || configured || undefined;
  if (endpoint === undefined) {
    return undefined;
  }
  const where = input ? 'sts-endpoint' : environment.AWS_ENDPOINT_URL_STS ? 'AWS_ENDPOINT_URL_STS' : 'AWS_ENDPOINT_URL';
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    // The text before an @ may be a password.
    places(where).report(
      `${endpoint.includes('@') ? 'the value' : quote(endpoint)} is not an http or https address`,
      `Write it like ${likelyAddress(endpoint)}`,
    );
  } else if (url.username !== '' || url.password !== '') {
    places(where).report('the address contains a user name or password', 'STS signs its requests; remove them');
  } else if (url.search !== '' || url.hash !== '') {
    places(where).report('the address contains a query (?) or fragment (#)', 'Write scheme, host, port and path only');
  } else if (/^\.|\.\./.test(url.hostname)) {
    const fix = `Write it like https://sts.eu-west-1.amazonaws.com. ${emptyItemFix}`;
    places(where).report(`the host of ${quote(endpoint)} has an empty part`, fix);
  } else if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    places(where).report(
      `${quote(endpoint)} would send credentials over plain http to another machine`,
      plainHttpFix(url),
    );
  }
  const variant = ['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT'].find((name) =>
    /^true$/i.test(environment[name] ?? ''),
  );
  if (variant !== undefined) {
    places(`${where}, ${variant}`).report(
      `${variant} is true, and AWS has no FIPS or dual-stack variant of a custom endpoint`,
      'Remove one of the two',
    );
  }
  return endpoint;
}

/** Returns the fix for plain http to another host. Job containers, which reach services by name, can forward a port. */
function plainHttpFix({ hostname, port }: URL): string {
  const own = `http://127.0.0.1:${port || '80'}`;
  const forward = `socat TCP-LISTEN:${port || '80'},bind=127.0.0.1,fork TCP:${hostname}:${port || '80'} &`;
  return `Use https. A service container of a job on the runner itself: publish its port, and write ${own}. In a job container: forward the port in an earlier step (${forward}), and write ${own}`;
}

/** Returns a warning if session tokens of the global endpoint are not valid in the Region, an opt-in one. */
export function endpointWarning(endpoint: string | undefined, region: string | undefined): string | undefined {
  const isGlobal = endpoint !== undefined && URL.canParse(endpoint) && new URL(endpoint).hostname === globalStsHost;
  return isGlobal && region !== undefined && isOptInRegion(region)
    ? `The global STS endpoint gives session tokens that ${region}, an opt-in Region, does not accept by default; omit sts-endpoint to use STS in that Region.`
    : undefined;
}

/** The address that a host without a scheme most likely means. */
function likelyAddress(text: string): string {
  if (!/^[\w.-]+(?::\d+)?$/.test(text) || !/[.:]/.test(text)) {
    return 'https://sts.example.com';
  }
  return `${/^(?:localhost|127\.)/.test(text) ? 'http' : 'https'}://${text}`;
}
