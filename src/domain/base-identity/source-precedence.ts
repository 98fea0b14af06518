import { type CredentialSource, credentialSources } from '../chain/base-identity.js';
import { nearest } from '../input/nearest.js';
import type { Place } from '../input/place.js';
import { quote } from '../input/quote.js';
import { type BaseFacts, type BaseInput, hasIdToken } from './base-facts.js';

/** The inputs that belong to one source. */
const ownInputs: Readonly<Partial<Record<CredentialSource, readonly BaseInput[]>>> = {
  'access-keys': ['aws-access-key-id', 'aws-secret-access-key', 'aws-session-token'],
  'web-identity': ['web-identity-token-file'],
  saml: ['saml-assertion-file', 'saml-provider-arn'],
};

/** A source of a base identity, and the reason for it. */
export interface PickedSource {
  readonly source: Exclude<CredentialSource, 'auto'>;
  readonly reason: string;
}

/** Picks the source that `credential-source` names; reports inputs of other sources, and an unknown name. */
export function sourceByPrecedence(facts: BaseFacts, place: Place): PickedSource | undefined {
  const source = readSource(facts.given['credential-source'], place);
  if (source === undefined || source === 'auto') {
    return source && automaticSource(facts);
  }
  reportContradictions(source, facts, place);
  return { source, reason: `credential-source is ${source}` };
}

/** The source that `auto` selects: the first one available from the inputs and the job. */
function automaticSource({ given, isRoleChaining, skipsOidc, wantsRole, machine }: BaseFacts): PickedSource {
  const firstGiven = (source: 'access-keys' | 'web-identity' | 'saml') =>
    ownInputs[source]?.find((name) => given[name] !== '');
  if (firstGiven('access-keys')) {
    return { source: 'access-keys', reason: 'access keys are given' };
  }
  for (const source of ['web-identity', 'saml'] as const) {
    const input = firstGiven(source);
    if (input !== undefined) {
      return { source: source, reason: `${input} is given` };
    }
  }
  if (isRoleChaining) {
    return { source: 'default-chain', reason: 'role-chaining is true' };
  }
  const canAsk = hasIdToken(machine.environment);
  if (canAsk && wantsRole && !skipsOidc) {
    return { source: 'oidc', reason: 'the job can request an ID token' };
  }
  const without = canAsk ? 'no role is requested' : 'no keys, no token file and no ID token are given';
  return { source: 'default-chain', reason: skipsOidc ? 'force-skip-oidc is true' : without };
}

/** Other names of a source that a spelling suggestion would not find. */
const otherNames: readonly (readonly [pattern: RegExp, source: CredentialSource])[] = [
  [/^(imds|metadata|instance[-_]?(profile|metadata|role))$/i, 'Ec2InstanceMetadata'],
  [/^(task[-_]?role|fargate|pod[-_]?identity|container)$/i, 'EcsContainer'],
  [/^(github|github[-_]?actions|id[-_]?token)$/i, 'oidc'],
  [/^(irsa|token[-_]?file)$/i, 'web-identity'],
  [/^(sso|profile|machine|sdk)$/i, 'default-chain'],
];

function readSource(text: string, place: Place): CredentialSource | undefined {
  const wanted = text === '' ? 'auto' : text;
  const source = credentialSources.find((name) => name.toLowerCase() === wanted.toLowerCase());
  if (source === undefined) {
    const [, other] = otherNames.find(([pattern]) => pattern.test(wanted)) ?? [];
    const meant = other ?? nearest(wanted, credentialSources);
    const fix = `${meant === undefined ? '' : `Did you mean ${meant}? `}Write one of ${credentialSources.join(', ')}`;
    place.report(`${quote(wanted)} is not a credential source`, fix);
  }
  return source;
}

function reportContradictions(
  source: CredentialSource,
  { given, isRoleChaining, skipsOidc }: BaseFacts,
  place: Place,
): void {
  const otherInputs = Object.entries(ownInputs)
    .filter(([owner]) => owner !== source)
    .flatMap(([, inputs]) => inputs)
    .filter((input) => given[input] !== '');
  const contradictions: readonly string[] = [
    ...otherInputs,
    ...(isRoleChaining && ['access-keys', 'oidc', 'web-identity', 'saml'].includes(source) ? ['role-chaining'] : []),
    ...(skipsOidc && source === 'oidc' ? ['force-skip-oidc'] : []),
  ];
  for (const input of contradictions) {
    place.report(
      `${source} contradicts the input ${input}, which belongs to another base identity`,
      `Remove ${input}, or change credential-source`,
    );
  }
}
