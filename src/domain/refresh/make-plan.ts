import type { BaseIdentity } from '../chain/base-identity.js';
import type { Target } from '../chain/target.js';
import type { WalkRequest } from '../chain/walk-request.js';
import { credentialVariables, type Environment, identityVariables } from '../input/environment.js';
import { type RefreshPlan, startVariables } from './plan.js';

/** Variables with settings of the AWS SDKs, which every plan keeps; none is secret. */
const settingVariables = [
  'HOME',
  'USERPROFILE',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_STS',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  'AWS_USE_FIPS_ENDPOINT',
  'AWS_USE_DUALSTACK_ENDPOINT',
  'AWS_EC2_METADATA_DISABLED',
  'AWS_EC2_METADATA_V1_DISABLED',
  'AWS_EC2_METADATA_SERVICE_ENDPOINT',
  'AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE',
  'AWS_LOGIN_CACHE_DIRECTORY',
  'NODE_TLS_REJECT_UNAUTHORIZED',
] as const;

const containerVariables = identityVariables.filter((name) => name.startsWith('AWS_CONTAINER_'));

/** Further variables that a plan keeps because a base identity comes from them; may be secret. */
function variablesOfBase(base: BaseIdentity): readonly string[] {
  switch (base.kind === 'default-chain' ? base.origin.kind : base.kind) {
    case 'environment':
      return [...credentialVariables, 'AWS_SECURITY_TOKEN', 'AWS_CREDENTIAL_EXPIRATION'];
    case 'web-identity':
      return base.kind === 'default-chain' ? webIdentityVariables : [];
    case 'container':
    case 'EcsContainer':
      return containerVariables;
    case 'profile':
      // The profile may get its credentials from the environment's keys, a container, or a command.
      return [...identityVariables, 'PATH'];
    default:
      return [];
  }
}

const webIdentityVariables = ['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN', 'AWS_ROLE_SESSION_NAME'] as const;

/** Every variable that a renewal must see with its value from the main step, or not at all. */
export const planVariables: readonly string[] = [
  ...new Set([...settingVariables, ...startVariables, ...identityVariables]),
];

/** Makes the refresh plan of one target. The path of its token file must be absolute. */
export function makePlan(
  target: Target,
  { request, environment, id }: { request: WalkRequest; environment: Environment; id: string },
): RefreshPlan {
  const { region, endpoint, proxy, retry, alphanumericSecret } = request;
  const walk: WalkRequest = {
    targets: [target],
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
    proxy,
    retry,
    alphanumericSecret,
  };
  const names = new Set<string>([...settingVariables, ...startVariables, ...variablesOfBase(target.base)]);
  const given = [...names].flatMap((name) => (environment[name] ? [[name, environment[name]] as const] : []));
  return { id, request: walk, variables: Object.fromEntries(given) };
}
