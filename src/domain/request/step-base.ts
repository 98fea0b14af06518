import { baseGiven, baseInputs, type ChosenBase } from '../base/base-facts.js';
import { chooseBase } from '../base/choose-base.js';
import type { BaseIdentity } from '../chain/base-identity.js';
import type { DeclaredTarget } from '../declared/catalog.js';
import { isRoleArn } from '../iam/arn.js';
import { partitionOf } from '../iam/partition.js';
import { visibleEnvironment } from '../input/environment.js';
import { type RawInputs, trimmed } from '../input/inputs.js';
import type { Places } from '../input/place.js';
import { noSharedConfig } from '../shared-config/profiles.js';
import type { RequestSources } from './request-sources.js';
import type { Settings } from './settings.js';

/** Placeholder where a step has no base identity of its own; it causes no further problems. */
export const noBase: BaseIdentity = { kind: 'default-chain', origin: { kind: 'metadata' }, chaining: 'ask' };

/** Chooses the base identity of the step from its inputs; reports problems and returns undefined if there is none. */
export function stepBase(
  { inputs, environment, files = noSharedConfig }: RequestSources,
  { settings, declared }: { readonly settings: Settings; readonly declared: readonly DeclaredTarget[] },
  places: Places,
): ChosenBase | undefined {
  if (declared.length > 0 && declared.every(({ base }) => base !== undefined)) {
    return {
      base: noBase,
      reason: 'each target names its own base identity',
      warnings: unusedBase(inputs),
    };
  }
  const given = baseGiven((name) => trimmed(inputs, name));
  const machine = { environment: visibleEnvironment(environment, settings), files };
  const { isRoleChaining, skipsOidc, wantsRole, dryRun: isDryRun } = settings;
  const audience = settings.audience ?? defaultAudience(declared);
  return chooseBase({ given, isRoleChaining, skipsOidc, wantsRole, isDryRun, machine, audience }, places);
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
  return partition?.audience ?? 'sts.amazonaws.com';
}
