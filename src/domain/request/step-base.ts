import { type BaseFacts, baseInputs, type ChosenBase, readBaseInputs } from '../base-identity/base-facts.js';
import type { BaseIdentity } from '../chain/base-identity.js';
import type { DeclaredTarget } from '../declared/catalog.js';
import { isRoleArn } from '../identifiers/arn.js';
import { commonAudience, partitionOf } from '../identifiers/partition.js';
import { visibleEnvironment } from '../input/environment.js';
import { type RawInputs, trimmed } from '../input/input-names.js';
import { noSharedConfig } from '../shared-config/shared-config.js';
import type { RequestSources } from './request-sources.js';
import type { Settings } from './settings.js';

/** Placeholder for the base identity of a step that has none; it causes no further problems. */
export const noBase: BaseIdentity = { kind: 'default-chain', origin: { kind: 'metadata' }, chaining: 'ask' };

/** Returns the placeholder if every target has its own base identity; undefined if a target needs that of the step. */
export function basesOfTargets(declared: readonly DeclaredTarget[], inputs: RawInputs): ChosenBase | undefined {
  return declared.length > 0 && declared.every(({ base }) => base !== undefined)
    ? { base: noBase, reason: 'each target names its own base identity', warnings: unusedBase(inputs) }
    : undefined;
}

/** Collects what the choice of the step's base identity depends on. */
export function baseFacts(
  { inputs, environment, files = noSharedConfig }: RequestSources,
  { settings, declared }: { readonly settings: Settings; readonly declared: readonly DeclaredTarget[] },
): BaseFacts {
  const { isRoleChaining, skipsOidc, wantsRole, dryRun: isDryRun } = settings;
  return {
    given: readBaseInputs((name) => trimmed(inputs, name)),
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
