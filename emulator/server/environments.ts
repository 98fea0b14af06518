import type { WorldDocument } from '../world/world.js';
import { containerPath } from './container-endpoint.js';
import type { Emulator } from './emulator.js';
import { idTokenPath } from './id-token-endpoint.js';

/** The variables of an emulator, by the kind of client that uses them. */
type Environments = Pick<Emulator, 'environment' | 'instanceEnvironment' | 'containerEnvironment'>;

/** The tokens that the ID-token and container endpoints require. */
interface EndpointTokens {
  readonly idToken: string;
  readonly container: string;
}

/** The variables that direct clients to the endpoints under `url`. */
export function environmentsOf(url: string, world: WorldDocument, tokens: EndpointTokens): Environments {
  const container = {
    AWS_CONTAINER_CREDENTIALS_FULL_URI: url + containerPath,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: tokens.container,
  };
  return {
    environment: {
      AWS_ENDPOINT_URL_STS: url,
      ACTIONS_ID_TOKEN_REQUEST_URL: `${url}${idTokenPath}?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: tokens.idToken,
    },
    instanceEnvironment: world.instance === undefined ? {} : { AWS_EC2_METADATA_SERVICE_ENDPOINT: url },
    containerEnvironment: world.container === undefined ? {} : container,
  };
}

/** All variables together. */
export function allVariables(environments: Environments): Record<string, string> {
  return {
    ...environments.environment,
    ...environments.instanceEnvironment,
    ...environments.containerEnvironment,
  };
}
