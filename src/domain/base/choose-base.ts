import { type CredentialSource, credentialSources } from '../chain/base-identity.js';
import { nearest } from '../input/nearest.js';
import type { Places } from '../input/place.js';
import { quote } from '../input/quote.js';
import { type BaseFacts, type BaseInput, type ChosenBase, hasIdToken } from './base-facts.js';
import { readBase } from './read-base.js';

const ownInputs: Readonly<Partial<Record<CredentialSource, readonly BaseInput[]>>> = {
  'access-keys': ['aws-access-key-id', 'aws-secret-access-key', 'aws-session-token'],
  'web-identity': ['web-identity-token-file'],
  saml: ['saml-assertion-file', 'saml-provider-arn'],
};

/** Chooses the base identity of the step; reports problems and returns undefined if there is none. */
export function chooseBase(facts: BaseFacts, places: Places): ChosenBase | undefined {
  const source = readSource(facts.given['credential-source'], places);
  if (source === undefined) {
    return undefined;
  }
  reportContradictions(source, facts, places);
  if (source !== 'auto') {
    return readBase(source, `credential-source is ${source}`, facts, places);
  }
  const { picked, reason } = pickSource(facts);
  return readBase(picked, reason, facts, places);
}

/** The source that `auto` selects: the first one available from the inputs and the job, with the reason. */
function pickSource({ given, isRoleChaining, skipsOidc, wantsRole, machine }: BaseFacts): {
  picked: Exclude<CredentialSource, 'auto'>;
  reason: string;
} {
  const firstGiven = (source: 'access-keys' | 'web-identity' | 'saml') =>
    ownInputs[source]?.find((name) => given[name] !== '');
  if (firstGiven('access-keys')) {
    return { picked: 'access-keys', reason: 'access keys are given' };
  }
  for (const source of ['web-identity', 'saml'] as const) {
    const input = firstGiven(source);
    if (input !== undefined) {
      return { picked: source, reason: `${input} is given` };
    }
  }
  if (isRoleChaining) {
    return { picked: 'default-chain', reason: 'role-chaining is true' };
  }
  const canAsk = hasIdToken(machine.environment);
  if (canAsk && wantsRole && !skipsOidc) {
    return { picked: 'oidc', reason: 'the job can ask for an ID token' };
  }
  const without = canAsk ? 'no role is wanted' : 'no keys, no token file and no ID token are given';
  return { picked: 'default-chain', reason: skipsOidc ? 'force-skip-oidc is true' : without };
}

function readSource(text: string, places: Places): CredentialSource | undefined {
  const wanted = text === '' ? 'auto' : text;
  const source = credentialSources.find((name) => name.toLowerCase() === wanted.toLowerCase());
  if (source === undefined) {
    const meant = nearest(wanted, credentialSources);
    const fix = `${meant === undefined ? '' : `Did you mean ${meant}? `}Write one of ${credentialSources.join(', ')}`;
    places('credential-source').report(`${quote(wanted)} is not a credential source`, fix);
  }
  return source;
}

function reportContradictions(
  source: CredentialSource,
  { given, isRoleChaining, skipsOidc }: BaseFacts,
  places: Places,
): void {
  if (source === 'auto') {
    return;
  }
  const strangers = Object.entries(ownInputs)
    .filter(([owner]) => owner !== source)
    .flatMap(([, inputs]) => inputs)
    .filter((input) => given[input] !== '');
  const contradictions: readonly string[] = [
    ...strangers,
    ...(isRoleChaining && ['access-keys', 'oidc', 'web-identity', 'saml'].includes(source) ? ['role-chaining'] : []),
    ...(skipsOidc && source === 'oidc' ? ['force-skip-oidc'] : []),
  ];
  for (const input of contradictions) {
    places('credential-source').report(
      `${source} contradicts the input ${input}, which belongs to another base identity`,
      `Remove ${input}, or change credential-source`,
    );
  }
}
