import type { BaseIdentity, CredentialSource } from '../chain/base-identity.js';
import { type Credentials, malformedKey } from '../identifiers/credentials.js';
import type { Environment } from '../input/environment.js';
import type { Place, Places } from '../input/place.js';
import { emptyItemFix } from '../input/problem.js';
import { quote } from '../input/quote.js';
import { type BaseFacts, idTokenFix } from './base-facts.js';
import { reportDamagedKeys } from './damaged-keys.js';
import type { Machine } from './machine.js';

/** A source whose identity comes from the inputs and the job's variables. */
export type GivenSource = Exclude<CredentialSource, 'auto' | 'default-chain'>;

/**
 * Returns the base identity of a source that is not the default chain, from the inputs and variables that it needs;
 * reports problems and returns undefined if one of them is missing.
 */
export function givenBase(source: GivenSource, facts: BaseFacts, places: Places): BaseIdentity | undefined {
  const { given, machine, wantsRole } = facts;
  if (!wantsRole && ['oidc', 'web-identity', 'saml'].includes(source)) {
    places('credential-source').report(
      `${source} is not an AWS identity until it assumes a role, and no role is requested`,
      'Name a role in role-to-assume, role-chain or targets (an unset variable makes an input empty)',
    );
  }
  switch (source) {
    case 'access-keys':
      return accessKeys(given, places);
    case 'web-identity':
      return needs(given['web-identity-token-file'], source, places('web-identity-token-file'))
        ? { kind: source, tokenFile: given['web-identity-token-file'] }
        : undefined;
    case 'saml':
      return samlBase(given, places);
    case 'oidc':
      return oidcBase(facts, places);
    default:
      return serviceBase(source, machine, places);
  }
}

/** The values of `credential_source` in AWS files, also valid for `credential-source`. */
export const serviceSources = ['Environment', 'EcsContainer', 'Ec2InstanceMetadata'] as const;

/** Returns the base identity of one of `serviceSources`; reports missing keys, and returns undefined then. */
export function serviceBase(
  source: (typeof serviceSources)[number],
  { environment }: Machine,
  places: Places,
): BaseIdentity | undefined {
  return source === 'Environment' ? environmentKeys(environment, places) : { kind: source };
}

function accessKeys(given: BaseFacts['given'], places: Places): BaseIdentity | undefined {
  const accessKeyId = given['aws-access-key-id'];
  const secretAccessKey = given['aws-secret-access-key'];
  const sessionToken = given['aws-session-token'];
  for (const name of ['aws-access-key-id', 'aws-secret-access-key'] as const) {
    if (given[name] === '') {
      places(name).report(
        'the input is empty, and access keys need both aws-access-key-id and aws-secret-access-key',
        'Check that the secret exists and that this run may read it: runs for forks and Dependabot get empty secrets',
      );
    }
  }
  if (accessKeyId === '' || secretAccessKey === '') {
    return undefined;
  }
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken !== '' && { sessionToken }) };
  if (!reportDamagedKeys(given, places)) {
    reportKeys(credentials, { source: 'access-keys', token: 'aws-session-token' }, places);
  }
  return { kind: 'access-keys', credentials };
}

function reportKeys(
  credentials: Credentials,
  { source, token }: { readonly source: string; readonly token: string },
  places: Places,
): void {
  if (credentials.accessKeyId.startsWith('ASIA') && !credentials.sessionToken) {
    places(token).report(
      'the access key is a temporary one (ASIA…), and its session token is missing',
      `Give ${token} as well`,
    );
  }
  const malformed = malformedKey(credentials);
  if (malformed !== undefined) {
    places(source).report(malformed, 'Store the key again, alone and in one line');
  }
}

function environmentKeys(environment: Environment, places: Places): BaseIdentity | undefined {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = environment;
  if (!accessKeyId || !secretAccessKey) {
    places('credential-source').report(
      'Environment needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and they are not both set',
      'Set them in an earlier step, remove unset-current-credentials, or use another credential source',
    );
    return undefined;
  }
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  reportKeys(credentials, { source: 'Environment', token: 'AWS_SESSION_TOKEN' }, places);
  return { kind: 'Environment', credentials };
}

function oidcBase({ machine, audience }: BaseFacts, places: Places): BaseIdentity | undefined {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl, ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken } =
    machine.environment;
  if (!requestUrl || !requestToken) {
    places('credential-source').report('oidc needs an ID token, and this job cannot request one', idTokenFix);
    return undefined;
  }
  if (!/^https?:$/.test(URL.canParse(requestUrl) ? new URL(requestUrl).protocol : '')) {
    places('ACTIONS_ID_TOKEN_REQUEST_URL').report(
      'the value is not an http or https address',
      'The runner sets this variable: do not override it',
    );
    return undefined;
  }
  return { kind: 'oidc', requestUrl, requestToken, audience };
}

function samlBase(given: BaseFacts['given'], places: Places): BaseIdentity | undefined {
  const hasFile = needs(given['saml-assertion-file'], 'saml', places('saml-assertion-file'));
  const hasProvider = needs(given['saml-provider-arn'], 'saml', places('saml-provider-arn'));
  const providerArn = given['saml-provider-arn'];
  if (hasProvider && !/^arn:aws[\w-]*:iam::\d{12}:saml-provider\/[\w._-]{1,128}$/.test(providerArn)) {
    places('saml-provider-arn').report(
      `${quote(providerArn)} is not the ARN of a SAML provider`,
      `Write it like arn:aws:iam::<account ID>:saml-provider/<name>${/:::|\/$/.test(providerArn) ? `. ${emptyItemFix}` : ''}`,
    );
    return undefined;
  }
  return hasFile && hasProvider
    ? { kind: 'saml', assertionFile: given['saml-assertion-file'], providerArn }
    : undefined;
}

function needs(text: string, source: string, place: Place): boolean {
  if (text === '') {
    place.report(`the input is empty, and ${source} needs it`, `Give ${place.where}`);
  }
  return text !== '';
}
