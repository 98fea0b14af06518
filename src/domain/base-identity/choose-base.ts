import type { CredentialSource, MachineOrigin } from '../chain/base-identity.js';
import type { Places } from '../input/place.js';
import { otherIdentityWarnings } from './aws-tools/tool-identity.js';
import type { BaseFacts, ChosenBase } from './base-facts.js';
import { dryRunBase } from './dry-run-base.js';
import { givenBase } from './given-base.js';
import { machineBase } from './machine-base.js';
import { metadataWarning, refusesMetadata } from './missing-base.js';
import { type PickedSource, sourceByPrecedence } from './source-precedence.js';

/** Chooses the base identity of the step; reports problems and returns undefined if there is no valid one. */
export function chooseBase(facts: BaseFacts, places: Places): ChosenBase | undefined {
  const picked = sourceByPrecedence(facts, places('credential-source'));
  return picked && readBase(picked, facts, places);
}

function readBase({ source, reason }: PickedSource, facts: BaseFacts, places: Places): ChosenBase | undefined {
  const assumed = facts.isDryRun ? dryRunBase(source, facts) : undefined;
  if (assumed !== undefined) {
    return { ...assumed, reason: `the dry run assumes it: ${assumed.reason}`, warnings: [] };
  }
  if (source === 'default-chain') {
    return defaultChain(reason, facts, places);
  }
  const base = givenBase(source, facts, places);
  const origin = facts.wantsRole ? undefined : laterOrigins.get(source);
  return base && { base, reason, warnings: origin ? otherIdentityWarnings(origin, facts.machine) : [] };
}

/**
 * Sources whose identity stays on the machine, so that without a role nothing is exported; and what tools find there.
 */
const laterOrigins: ReadonlyMap<CredentialSource, MachineOrigin> = new Map([
  ['EcsContainer', { kind: 'container' }],
  ['Ec2InstanceMetadata', { kind: 'metadata' }],
]);

function defaultChain(reason: string, facts: BaseFacts, places: Places): ChosenBase | undefined {
  const base = machineBase(facts.machine, places);
  if (base === undefined || (base.origin.kind === 'metadata' && refusesMetadata(facts, places))) {
    return undefined;
  }
  const last = base.origin.kind === 'metadata' ? [metadataWarning(facts)] : [];
  return { base, reason, warnings: [...last, ...otherIdentityWarnings(base.origin, facts.machine)] };
}
