import { type BaseFacts, baseGiven, baseInputs, type ChosenBase } from '../base-identity/base-facts.js';
import type { BaseIdentity } from '../chain/base-identity.js';
import type { DeclaredTarget } from '../declared/catalog.js';
import { isRoleArn } from '../iam/arn.js';
import { commonAudience, partitionOf } from '../iam/partition.js';
import { visibleEnvironment } from '../input/environment.js';
import { type RawInputs, trimmed } from '../input/input-names.js';
import { noSharedConfig } from '../shared-config/shared-config.js';
import type { RequestSources } from './request-sources.js';
import type { Settings } from './settings.js';

/** Placeholder for a step without its own base identity; it causes no further problems. */
export const noBase: BaseIdentity = { kind: 'default-chain', origin: { kind: 'metadata' }, chaining: 'ask' };

/** The placeholder if each target has its own base identity; undefined if a target needs the step's. */
export function ownBases(declared: readonly DeclaredTarget[], inputs: RawInputs): ChosenBase | undefined {
  return declared.length > 0 && declared.every(({ base }) => base !== undefined)
    ? { base: noBase, reason: 'each target names its own base identity', warnings: unusedBase(inputs) }
    : undefined;
}

/** The facts for the choice of the step's base identity. */
export function baseFacts(
  { inputs, environment, files = noSharedConfig }: RequestSources,
  { settings, declared }: { readonly settings: Settings; readonly declared: readonly DeclaredTarget[] },
): BaseFacts {
  const { isRoleChaining, skipsOidc, wantsRole, dryRun: isDryRun } = settings;
  return {
    given: baseGiven((name) => trimmed(inputs, name)),
    isRoleChaining,
    skipsOidc,
    wantsRole,
    isDryRun,
    machine: { environment: visibleEnvironment(environment, settings), files },
    audience: settings.audience ?? defaultAudience(declared),
  };
}

/** Warns about base identity inputs that no target uses. */
function unusedBase(inputs: RawInputs): readonly string[] {
  const given = baseInputs.filter((name) => name !== 'credential-source' && trimmed(inputs, name) !== '');
  const source = trimmed(inputs, 'credential-source');
  const unused = [...(/^(auto)?$/i.test(source) ? [] : ['credential-source']), ...given];
  return unused.length === 0
    ? []
    : [`${unused.join(', ')}: no effect, because each target names its own base identity in role-chain-file.`];
}

function defaultAudience(declared: readonly DeclaredTarget[]): string {
  const role = declared[0]?.hops[0]?.options.role;
  const partition = role !== undefined && isRoleArn(role) ? partitionOf(role.partition) : undefined;
  return partition?.audience ?? commonAudience;
}
