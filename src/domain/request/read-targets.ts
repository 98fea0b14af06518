import { baseGiven } from '../base/base-facts.js';
import { chooseBase } from '../base/choose-base.js';
import type { BaseIdentity } from '../chain/base-identity.js';
import { parseHopOption } from '../declared/hop-options.js';
import { profileResolver } from '../declared/resolve-profile.js';
import { type DeclaredHop, parseRoleChain } from '../declared/role-chain.js';
import { type DeclaredTarget, parseTargets } from '../declared/targets.js';
import type { Environment } from '../input/environment.js';
import { type RawInputs, trimmed } from '../input/inputs.js';
import { type Place, placeOf } from '../input/place.js';
import { emptyItemFix, type Report } from '../input/problem.js';
import type { RequestSources } from '../input/sources.js';
import { scalarOf } from '../input/value-node.js';
import type { Settings } from './settings.js';

const destinations = ['role-to-assume', 'role-chain', 'targets'] as const;

/** Whether the step was told where to go, readably or not. */
export function wantsRole(inputs: RawInputs): boolean {
  return destinations.some((name) => trimmed(inputs, name) !== '');
}

/** Reads where the step shall go: one chain, several, or nowhere. */
export function readTargets(
  { inputs, environment, roleChainFile, machineProfiles }: RequestSources,
  { visible, dryRun }: Settings,
  report: Report,
): readonly DeclaredTarget[] {
  reportBlank(inputs, report);
  const given = destinations.filter((name) => trimmed(inputs, name) !== '');
  if (given.length > 1) {
    report({
      where: given.join(', '),
      what: 'each of them says where to go',
      fix: `Keep one of ${destinations.join(', ')}`,
    });
    return [];
  }
  if (given[0] !== 'targets' && trimmed(inputs, 'role-chain-file') !== '') {
    report({
      where: 'role-chain-file',
      what: 'the file declares targets, and targets names none of them',
      fix: 'List the wanted profiles in targets',
    });
  }
  switch (given[0]) {
    case 'role-to-assume':
      return [{ name: '', hops: [singleHop(trimmed(inputs, 'role-to-assume'), report)] }];
    case 'role-chain':
      return [{ name: '', hops: parseRoleChain(inputs['role-chain'] ?? '', placeOf('role-chain', report)) }];
    case 'targets': {
      const sourceBase = (source: string, place: Place) =>
        profileSource(source, { environment: visible(environment), isDryRun: dryRun }, place);
      const resolve =
        roleChainFile &&
        profileResolver(
          { file: roleChainFile.path, text: roleChainFile.text, machineProfiles, sourceBase },
          placeOf(`role-chain-file ${roleChainFile.path}`, report),
        );
      return parseTargets(inputs.targets ?? '', resolve, placeOf('targets', report));
    }
    default:
      return [{ name: '', hops: [] }];
  }
}

/** A list in which nothing was filled in: GitHub sends an input that was not given as an empty text, without a line break. */
function reportBlank(inputs: RawInputs, report: Report): void {
  for (const name of destinations.filter((each) => inputs[each] && trimmed(inputs, each) === '')) {
    report({ where: name, what: 'the input holds nothing but white space', fix: emptyItemFix });
  }
}

function singleHop(role: string, report: Report): DeclaredHop {
  const place = placeOf('role-to-assume', report);
  return { place, options: parseHopOption('role-to-assume', scalarOf(role), place) };
}

/** AWS's spelling is exact here, unlike in the input `credential-source`. */
function profileSource(
  source: string,
  { environment, isDryRun }: { environment: Environment; isDryRun: boolean },
  place: Place,
): BaseIdentity | undefined {
  if (!['Environment', 'EcsContainer', 'Ec2InstanceMetadata'].includes(source)) {
    place.report(
      `credential_source '${source}' is not one of AWS's`,
      'Write Environment, EcsContainer or Ec2InstanceMetadata',
    );
    return undefined;
  }
  const given = baseGiven((input) => (input === 'credential-source' ? source : ''));
  const here: Report = ({ what, fix }) => place.report(what, fix);
  const facts = { isRoleChaining: false, skipsOidc: false, wantsRole: true, hasAwsFiles: true, audience: '', isDryRun };
  return chooseBase({ given, environment, ...facts }, here)?.base;
}
