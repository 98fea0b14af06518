import { serviceBase, serviceSources } from '../base-identity/given-base.js';
import type { Machine } from '../base-identity/machine.js';
import { profileBase } from '../base-identity/machine-base.js';
import type { BaseIdentity } from '../chain/base-identity.js';
import type { Catalog, DeclaredTarget } from '../declared/catalog.js';
import type { ProfileFacts } from '../declared/follow-source-profiles.js';
import { type DeclaredHop, parseHopOption } from '../declared/hop-options.js';
import { inventoryCatalog, isInventory } from '../declared/inventory.js';
import { parseRoleChain } from '../declared/parse-role-chain.js';
import { parseTargets } from '../declared/parse-targets.js';
import { profileCatalog } from '../declared/resolve-profile.js';
import { visibleEnvironment } from '../input/environment.js';
import { type RawInputs, trimmed } from '../input/input-names.js';
import { type Place, type Places, placesOf } from '../input/place.js';
import { emptyItemFix } from '../input/problem.js';
import { scalarOf } from '../input/value-node.js';
import { noSharedConfig } from '../shared-config/shared-config.js';
import type { RequestSources } from './request-sources.js';
import { destinations, type Settings } from './settings.js';

/** Reads the targets of the step: a single one without a name, unless `targets` names them. */
export function readTargets(
  { inputs, environment, roleChainFile, files = noSharedConfig }: RequestSources,
  settings: Settings,
  places: Places,
): readonly DeclaredTarget[] {
  reportBlank(inputs, places);
  const given = destinations.filter((name) => trimmed(inputs, name) !== '');
  if (given.length > 1) {
    places(given.join(', ')).report('each of them names the target', `Keep one of ${destinations.join(', ')}`);
    return [];
  }
  if (given[0] !== 'targets' && trimmed(inputs, 'role-chain-file') !== '') {
    places('role-chain-file').report(
      'the file declares targets, and the input targets chooses none of them',
      'Choose them in targets: names, patterns like prod-*, or all',
    );
  }
  switch (given[0]) {
    case 'role-to-assume':
      return [{ name: '', hops: [singleHop(trimmed(inputs, 'role-to-assume'), places)] }];
    case 'role-chain':
      return [{ name: '', hops: parseRoleChain(inputs['role-chain'] ?? '', places('role-chain')) }];
    case 'targets': {
      const machine = { environment: visibleEnvironment(environment, settings), files };
      const facts = {
        sourceBase: (source: string, place: Place) =>
          profileSource(source, { machine, isDryRun: settings.dryRun }, place),
        machineBase: (name: string, place: Place) => machineProfile(name, machine, place),
      };
      const catalog = roleChainFile && readCatalog(roleChainFile, facts, places);
      return roleChainFile && catalog === undefined
        ? []
        : parseTargets(inputs.targets ?? '', catalog, places('targets'));
    }
    default:
      return [{ name: '', hops: [] }];
  }
}

function readCatalog(
  { path, text }: { readonly path: string; readonly text: string },
  facts: Pick<ProfileFacts, 'sourceBase' | 'machineBase'>,
  places: Places,
): Catalog | undefined {
  const place = places(`role-chain-file ${path}`);
  return isInventory(path)
    ? inventoryCatalog({ path, text }, place)
    : profileCatalog({ file: path, text, ...facts }, place);
}

/** Reports an input of only white space. An omitted input is an empty text, so this one lost its value. */
function reportBlank(inputs: RawInputs, places: Places): void {
  for (const name of destinations.filter((each) => inputs[each] && trimmed(inputs, each) === '')) {
    places(name).report('the input is only white space', emptyItemFix);
  }
}

function singleHop(role: string, places: Places): DeclaredHop {
  const place = places('role-to-assume');
  return { place, options: parseHopOption('role-to-assume', scalarOf(role), place) };
}

/** Returns the base identity of a `credential_source`; it is case-sensitive, unlike the input `credential-source`. */
function profileSource(
  source: string,
  { machine, isDryRun }: { machine: Machine; isDryRun: boolean },
  place: Place,
): BaseIdentity | undefined {
  const known = serviceSources.find((name) => name === source);
  if (known === undefined) {
    place.report(`credential_source '${source}' is not one of AWS's`, `Write ${serviceSources.join(', ')}`);
    return undefined;
  }
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = machine.environment;
  if (isDryRun && known === 'Environment' && !(AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY)) {
    return { kind: known, credentials: { accessKeyId: '', secretAccessKey: '' } };
  }
  return serviceBase(known, machine, () => place);
}

/**
 * Returns the identity of a profile in the machine's AWS files; false if none has this name, undefined if it is
 * invalid.
 */
function machineProfile(name: string, machine: Machine, place: Place): BaseIdentity | false | undefined {
  if (!machine.files.profiles.has(name)) {
    return false;
  }
  return profileBase(
    name,
    machine,
    placesOf(({ where, what, fix }) => place.report(`${where}: ${what}`, fix)),
  );
}
