import { type CredentialSource, credentialSources } from '../chain/base-identity.js';
import { nearest } from '../input/nearest.js';
import { quote, type Report } from '../input/problem.js';
import { nameInstanceOnly, pickSource } from './auto-base.js';
import type { BaseFacts, BaseInput, ChosenBase } from './base-facts.js';
import { dryRunBase } from './dry-run-base.js';
import { readBase } from './read-base.js';

const ownInputs: Readonly<Partial<Record<CredentialSource, readonly BaseInput[]>>> = {
  'access-keys': ['aws-access-key-id', 'aws-secret-access-key', 'aws-session-token'],
  'web-identity': ['web-identity-token-file'],
  saml: ['saml-assertion-file', 'saml-provider-arn'],
};

/** Picks the base identity the step starts from; undefined, with problems told, where there is none. */
export function chooseBase(facts: BaseFacts, report: Report): ChosenBase | undefined {
  const source = readSource(facts.given['credential-source'], report);
  if (source === undefined) {
    return undefined;
  }
  reportContradictions(source, facts, report);
  const assumed = facts.isDryRun ? dryRunBase(source, facts) : undefined;
  if (assumed !== undefined) {
    return assumed;
  }
  if (source !== 'auto') {
    const base = readBase(source, facts, report);
    return base && { base, reason: `credential-source is ${source}` };
  }
  const { picked, reason } = pickSource(facts);
  const base = readBase(picked, facts, report);
  return base && nameInstanceOnly({ base, reason }, facts, report);
}

function readSource(text: string, report: Report): CredentialSource | undefined {
  const wanted = text === '' ? 'auto' : text;
  const source = credentialSources.find((name) => name.toLowerCase() === wanted.toLowerCase());
  if (source === undefined) {
    const meant = nearest(wanted, credentialSources);
    const fix = `${meant === undefined ? '' : `Did you mean ${meant}? `}Write one of ${credentialSources.join(', ')}`;
    report({ where: 'credential-source', what: `${quote(wanted)} is not a credential source`, fix });
  }
  return source;
}

function reportContradictions(
  source: CredentialSource,
  { given, isRoleChaining, skipsOidc }: BaseFacts,
  report: Report,
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
    report({
      where: 'credential-source',
      what: `${source} contradicts the input ${input}, which speaks of another base identity`,
      fix: `Take out ${input}, or change credential-source`,
    });
  }
}
