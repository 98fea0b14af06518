import type { WalkRequest } from '../chain/walk-request.js';
import { accountIdsWithin } from '../identifiers/arn.js';
import { secretsOf } from '../identifiers/credentials.js';
import type { Environment } from '../input/environment.js';
import { type RawInputs, trimmed } from '../input/input-names.js';
import { proxySecrets } from '../proxy/proxy.js';
import { secretValues } from '../shared-config/secrets-in-files.js';
import type { FileUndo } from '../undo/clean-up.js';

const secretInputs = ['aws-access-key-id', 'aws-secret-access-key', 'aws-session-token'] as const;

const secretVariables = [
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SECRET_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'ACTIONS_RUNTIME_TOKEN',
] as const;

const proxyVariables = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'] as const;

/** The secrets in the inputs. */
export function secretsOfInputs(inputs: RawInputs): readonly string[] {
  return [...secretInputs.map((name) => trimmed(inputs, name)), ...proxySecrets(trimmed(inputs, 'http-proxy'))];
}

/** The secrets in the environment. */
export function secretsOfEnvironment(environment: Environment): readonly string[] {
  const proxies = proxyVariables.flatMap((name) => proxySecrets(environment[name]?.trim() ?? ''));
  return [...secretVariables.map((name) => environment[name]?.trim() ?? ''), ...proxies];
}

/** The secrets of a walk's base identities and proxies. */
export function secretsOfWalk({ targets, proxy }: WalkRequest): readonly string[] {
  const bases = targets.flatMap(({ base }) => {
    const credentials = 'credentials' in base ? secretsOf(base.credentials) : [];
    return 'requestToken' in base ? [...credentials, base.requestToken] : credentials;
  });
  return [...bases, ...[proxy.https, proxy.http].flatMap((url) => proxySecrets(url ?? ''))];
}

/** The secrets in the original sections of overwritten profiles, which the undo record contains. */
export function overwrittenSecrets(files: readonly FileUndo[]): readonly string[] {
  return files.flatMap(({ sections }) => sections.flatMap(({ original }) => secretValues(original?.text ?? '')));
}

/** Every account ID in texts, to mask them. */
export function accountIdsOf(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => text.match(accountIdsWithin) ?? []);
}
