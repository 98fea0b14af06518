import { credentialSources } from '../../src/domain/chain/base-identity.js';
import type { Random } from './random.js';
import type { Scenario } from './scenarios.js';
import { asVariable, changed, strangeText } from './texts.js';

/** Addresses from a fixed list, so that no request leaves loopback. */
const addresses = [
  'http://127.0.0.1:9',
  'http://127.0.0.1:0',
  'http://127.0.0.1:99999',
  'http://[::1]:9/',
  'http://user:p%zz@127.0.0.1:9',
  'http://user:p4ssw0rd-of-proxy%@127.0.0.1:9',
  'https://127.0.0.1:9/a/b?c=d#e',
  'https://sts.invalid',
  'https://:@:',
  'socks5://127.0.0.1:9',
  'file:///etc/passwd',
  'javascript:alert(1)',
  '//127.0.0.1',
  'http://',
  '127.0.0.1:9',
  'http://127.0.0.1:9\r::save-state name=clean-up::x',
  'http://127.0.0.1:9\u2028::error title=evil::obeyed',
] as const;
const addressed = ['sts-endpoint', 'http-proxy'];
const addressVariables = ['HTTPS_PROXY', 'http_proxy', 'AWS_ENDPOINT_URL', 'AWS_EC2_METADATA_SERVICE_ENDPOINT'];

const sources = [...credentialSources, 'ENVIRONMENT', 'x'];
const variables = [
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_ROLE_ARN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ACCESS_KEY_ID',
  'AWS_SESSION_TOKEN',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_STS_REGIONAL_ENDPOINTS',
  'AWS_MAX_ATTEMPTS',
  'AWS_CA_BUNDLE',
  'NO_PROXY',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AWS_EC2_METADATA_V1_DISABLED',
  'AWS_USE_FIPS_ENDPOINT',
  'INPUT_ROLE_TO_ASUME',
] as const;

type Changed = Pick<Scenario, 'with' | 'env'> & { readonly kind: string };

/** A scenario with changed inputs or variables. */
export function inputFault(scenario: Scenario, names: readonly string[], random: Random): Changed {
  const { with: inputs, env } = scenario;
  const kind = random.below(10);
  if (kind < 4) {
    const name = random.one(Object.keys(inputs));
    const text = addressed.includes(name) ? random.one(addresses) : changed(inputs[name] ?? '', random);
    return { kind: 'input: changed', with: { ...inputs, [name]: asVariable(text) }, env };
  }
  if (kind < 8) {
    const name = random.one(names.filter((one) => one !== 'action-timeout-s' || random.chance(0.5)));
    return { kind: 'input: added', with: { ...inputs, [name]: valueFor(name, random) }, env };
  }
  if (kind === 8) {
    const name = random.one(addressVariables);
    return { kind: 'variable: address', with: inputs, env: { ...env, [name]: asVariable(random.one(addresses)) } };
  }
  const name = random.one(variables);
  return { kind: 'variable: other', with: inputs, env: { ...env, [name]: asVariable(strangeText(random)) } };
}

function valueFor(name: string, random: Random): string {
  if (addressed.includes(name)) {
    return asVariable(random.one(addresses));
  }
  if (name === 'action-timeout-s') {
    return random.one(['0', '-1', '1.5', '1e3', '', ' 3 ', 'x', '99999999999999999999']);
  }
  if (name === 'credential-source') {
    return random.one(sources);
  }
  return random.chance(0.4)
    ? random.one(['true', 'True', 'yes', '1', '3600', '012345678912', 'a,b', '{}', '[]'])
    : asVariable(strangeText(random));
}
