import { isRoleArn } from './arn.js';
import { type DeclaredHop, parseChain } from './chain.js';
import { type ChosenBase, chooseBase } from './choose-base.js';
import { durationText } from './duration.js';
import type { Environment } from './environment.js';
import type { Hop } from './hop.js';
import { type HopWords, hopWords, parseHopWords } from './hop-words.js';
import type { BaseIdentity } from './identity.js';
import { anyAccount, type InputName, type RawInputs } from './input-names.js';
import { isNonEmpty, type NonEmpty } from './non-empty.js';
import { partitionOf } from './partition.js';
import { chainWarnings, checkChain, inheritanceNotices } from './preflight.js';
import { InvalidRequest, type Problem, type Report } from './problem.js';
import { profileResolver } from './profile-chain.js';
import { leastRefreshDuration } from './refresh-plan.js';
import { parseBoolean, parseList } from './scalar.js';
import { readSettings, type Settings } from './settings.js';
import { takenProfile } from './taken-profile.js';
import { type DeclaredTarget, parseTargets } from './targets.js';
import { weighHops } from './weigh-hops.js';

/** One walk: from a base identity over its hops. Without hops, the base identity itself is what is wanted. */
export interface Target {
  /** Undefined for the only chain of a step. */
  readonly name?: string;
  readonly base: BaseIdentity;
  readonly hops: readonly Hop[];
  /** The Region of this target; undefined where nobody gave one. */
  readonly region?: string;
  /** The accounts a base identity without hops may lie in; hops carry their own guards. */
  readonly accountGuards: readonly (readonly string[])[];
}

/** Everything a step was asked for, read once and found possible. */
export interface Request extends Settings {
  readonly targets: NonEmpty<Target>;
  /** Why the base identity was picked. */
  readonly baseReason: string;
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
}

/** The part of a request that a walk needs. */
export type WalkRequest = Pick<Request, 'targets' | 'region' | 'endpoint' | 'proxy' | 'retry' | 'plainSecret'>;

/** What a request is read from. */
export interface RequestSources {
  readonly inputs: RawInputs;
  readonly environment: Environment;
  /** The role-chain file, where one was named. */
  readonly roleChainFile?: { readonly path: string; readonly text: string };
  /** Names of the profiles in the machine's own AWS files. */
  readonly machineProfiles: readonly string[];
}

const destinations = ['role-to-assume', 'role-chain', 'targets'] as const;

/** Reads a request; throws InvalidRequest with every problem found. */
export function readRequest(sources: RequestSources): Request {
  const problems: Problem[] = [];
  const warnings: string[] = [];
  const report: Report = (problem) => problems.push(problem);
  const settings = readSettings(sources.inputs, sources.environment, report);
  const declared = declaredTargets(sources, settings, report);
  const chosen = choose(sources, settings, declared, report);
  const base: BaseIdentity = chosen?.base ?? { kind: 'default-chain' };
  const words = stepWords(sources.inputs, report);
  const isSingleRole = trimmed(sources.inputs, 'role-to-assume') !== '';
  const targets = declared.map((target): Target => {
    const warn = (text: string) => warnings.push(text);
    const from = target.base ?? base;
    const step = { words, environment: sources.environment, isSingleRole, warn };
    const hops = weighHops(target.hops, from, step, report);
    const region = settings.region ?? target.region;
    checkChain(hops, region, report);
    const accountGuards = hops.length === 0 && words.allowedAccountIds ? [words.allowedAccountIds] : [];
    return {
      ...(target.name !== '' && { name: target.name }),
      base: from,
      hops,
      ...(region && { region }),
      accountGuards,
    };
  });
  tellMisplaced(sources.inputs, settings, targets, report);
  tellMixedPartitions(targets, report);
  const taken = takenProfile(settings.delivery, { all: targets, written: targets }, sources.machineProfiles);
  if (taken !== undefined && !settings.reusesExisting && !settings.dryRun) {
    report(taken);
  }
  if (problems.length > 0 || !isNonEmpty(targets)) {
    throw new InvalidRequest(unique(problems));
  }
  const several = targets.length > 1;
  const delivery = {
    ...settings.delivery,
    environment: settings.delivery.environment && (!several || settings.delivery.profile !== undefined),
  };
  return {
    ...settings,
    delivery,
    targets,
    baseReason: chosen?.reason ?? '',
    warnings: [
      ...new Set([
        ...(chosen?.warning ? [chosen.warning] : []),
        ...settings.warnings,
        ...warnings,
        ...targets.flatMap(({ hops }) => chainWarnings(hops)),
      ]),
    ],
    notices: [...new Set(targets.flatMap(({ hops }) => inheritanceNotices(hops)))],
  };
}

/** An input without the blanks around it; empty where it was not given. */
function trimmed(inputs: RawInputs, name: InputName): string {
  return (inputs[name] ?? '').trim();
}

/** Whether the step was told where to go, readably or not. */
function wantsRole(inputs: RawInputs): boolean {
  return destinations.some((name) => trimmed(inputs, name) !== '');
}

function declaredTargets(
  { inputs, environment, roleChainFile, machineProfiles }: RequestSources,
  { visible, dryRun }: Settings,
  report: Report,
): readonly DeclaredTarget[] {
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
      return [{ name: '', hops: parseChain(inputs['role-chain'] ?? '', 'role-chain', report) }];
    case 'targets': {
      const sourceBase = (source: string, where: string) =>
        profileSource(source, { where, environment: visible(environment), isDryRun: dryRun }, report);
      const resolve =
        roleChainFile &&
        profileResolver({ file: roleChainFile.path, text: roleChainFile.text, machineProfiles, sourceBase }, report);
      return parseTargets(inputs.targets ?? '', resolve, report);
    }
    default:
      return [{ name: '', hops: [] }];
  }
}

function singleHop(role: string, report: Report): DeclaredHop {
  return { where: 'role-to-assume', words: parseHopWords({ 'role-to-assume': role }, '', report) };
}

/** AWS's spelling is exact here, unlike in the input `credential-source`. */
function profileSource(
  source: string,
  { where, environment, isDryRun }: { where: string; environment: Environment; isDryRun: boolean },
  report: Report,
): BaseIdentity | undefined {
  if (!['Environment', 'EcsContainer', 'Ec2InstanceMetadata'].includes(source)) {
    report({
      where,
      what: `credential_source '${source}' is not one of AWS's`,
      fix: 'Write Environment, EcsContainer or Ec2InstanceMetadata',
    });
    return undefined;
  }
  const given = {
    'credential-source': source,
    'aws-access-key-id': '',
    'aws-secret-access-key': '',
    'aws-session-token': '',
    'web-identity-token-file': '',
    'saml-assertion-file': '',
    'saml-provider-arn': '',
  };
  const here: Report = (problem) => report({ ...problem, where });
  const facts = { isRoleChaining: false, skipsOidc: false, wantsRole: true, hasAwsFiles: true, audience: '', isDryRun };
  return chooseBase({ given, environment, ...facts }, here)?.base;
}

function choose(
  { inputs, environment, machineProfiles }: RequestSources,
  settings: Settings,
  declared: readonly DeclaredTarget[],
  report: Report,
): ChosenBase | undefined {
  if (declared.length > 0 && declared.every(({ base }) => base !== undefined)) {
    return {
      base: { kind: 'default-chain' },
      reason: 'each target names its own base identity',
      ...unusedBase(inputs),
    };
  }
  const given = {
    'credential-source': trimmed(inputs, 'credential-source'),
    'aws-access-key-id': trimmed(inputs, 'aws-access-key-id'),
    'aws-secret-access-key': trimmed(inputs, 'aws-secret-access-key'),
    'aws-session-token': trimmed(inputs, 'aws-session-token'),
    'web-identity-token-file': trimmed(inputs, 'web-identity-token-file'),
    'saml-assertion-file': trimmed(inputs, 'saml-assertion-file'),
    'saml-provider-arn': trimmed(inputs, 'saml-provider-arn'),
  };
  const flags = {
    isRoleChaining: settings.isRoleChaining,
    skipsOidc: settings.skipsOidc,
    hasAwsFiles: machineProfiles.length > 0,
    isDryRun: settings.dryRun,
  };
  const seen = { environment: settings.visible(environment), audience: audienceFor(inputs, declared) };
  return chooseBase({ given, ...flags, wantsRole: wantsRole(inputs), ...seen }, report);
}

/** Inputs that speak of a base identity from which no target starts. */
function unusedBase(inputs: RawInputs): { readonly warning?: string } {
  const names: readonly InputName[] = [
    'aws-access-key-id',
    'aws-secret-access-key',
    'aws-session-token',
    'web-identity-token-file',
    'saml-assertion-file',
    'saml-provider-arn',
  ];
  const given = names.filter((name) => trimmed(inputs, name) !== '');
  const source = trimmed(inputs, 'credential-source');
  const unused = [...(/^(auto)?$/i.test(source) ? [] : ['credential-source']), ...given];
  return unused.length === 0
    ? {}
    : {
        warning: `${unused.join(', ')}: no effect, because each target names its own base identity in role-chain-file.`,
      };
}

function audienceFor(inputs: RawInputs, declared: readonly DeclaredTarget[]): string {
  const role = declared[0]?.hops[0]?.words.role;
  const partition = role !== undefined && isRoleArn(role) ? partitionOf(role.partition) : undefined;
  return trimmed(inputs, 'audience') || (partition?.audience ?? 'sts.amazonaws.com');
}

/** The inputs that are also words of a hop. */
function stepWords(inputs: RawInputs, report: Report): HopWords {
  const names = hopWords.filter(
    (word): word is InputName => word !== 'role-to-assume' && word !== 'allowed-account-ids',
  );
  const given = names.filter((name) => trimmed(inputs, name) !== '');
  const words = Object.fromEntries(
    given.map((name) => [name, isList(name) ? (inputs[name] ?? '') : trimmed(inputs, name)]),
  );
  const read = parseHopWords(words, '', report);
  const guard = inputs['allowed-account-ids'];
  if (guard === undefined || guard.trim() === anyAccount) {
    return read;
  }
  return { ...read, ...guardWords(guard, report) };
}

function guardWords(guard: string, report: Report): HopWords {
  if (parseList(guard, 'allowed-account-ids', () => undefined).length === 0) {
    report({
      where: 'allowed-account-ids',
      what: 'the list is empty',
      fix: 'An unset variable is the usual cause: set it, or take the input out to allow any account',
    });
    return {};
  }
  return parseHopWords({ 'allowed-account-ids': guard }, '', report);
}

function isList(name: InputName): boolean {
  return name === 'managed-session-policies' || name === 'transitive-tag-keys';
}

/** Inputs that speak of a hop where there is none, or of one thing where there are several. */
function tellMisplaced(inputs: RawInputs, { delivery }: Settings, targets: readonly Target[], report: Report): void {
  const several = targets.length > 1;
  const names = targets.map(({ name }) => name);
  if (several && delivery.profile !== undefined && !names.includes(delivery.profile)) {
    report({
      where: 'aws-profile',
      what: `'${delivery.profile}' is none of the targets`,
      fix: `Name one of ${names.join(', ')}: it becomes the current profile`,
    });
  }
  if (
    several &&
    delivery.profile === undefined &&
    parseBoolean(trimmed(inputs, 'output-env-credentials'), '', () => undefined) === true
  ) {
    report({
      where: 'output-env-credentials',
      what: 'there are several targets, and nothing says whose keys to export',
      fix: 'Name one of them in aws-profile',
    });
  }
  if (several && delivery.outputs) {
    report({
      where: 'output-credentials',
      what: 'there are several targets, and the outputs hold one set of keys',
      fix: 'Use the profiles, or one target a step',
    });
  }
  if (delivery.refresh && parseBoolean(trimmed(inputs, 'use-existing-credentials'), '', () => undefined) === true) {
    report({
      where: 'refresh',
      what: 'use-existing-credentials keeps keys that cannot be renewed',
      fix: 'Take one of the two out',
    });
  }
  if (delivery.refresh) {
    tellUnrefreshable(targets, report);
  }
  if (!wantsRole(inputs) && delivery.refresh) {
    report({
      where: 'refresh',
      what: 'no role is wanted, so there is no session to renew',
      fix: 'Name a role in role-to-assume, role-chain or targets',
    });
  }
}

/** What cannot be renewed, or not for long enough. */
function tellUnrefreshable(targets: readonly Target[], report: Report): void {
  for (const { base, hops } of targets) {
    const duration = hops.at(-1)?.duration;
    if (base.kind === 'saml') {
      report({
        where: 'refresh',
        what: 'a SAML assertion is good for a few minutes, so the chain cannot be walked again',
        fix: 'Start from an ID token, a token file or keys',
      });
    }
    if (typeof duration === 'number' && duration < leastRefreshDuration) {
      report({
        where: 'refresh',
        what: `${durationText(duration)} is too short: every tool gets credentials with at least 15 minutes left`,
        fix: `Ask for at least ${leastRefreshDuration} seconds`,
      });
    }
  }
}

/** One step asks one STS, and no STS answers for two partitions. */
function tellMixedPartitions(targets: readonly Target[], report: Report): void {
  const partitions = new Set(
    targets.flatMap(({ hops }) => hops.map(({ role }) => role).find(isRoleArn)?.partition ?? []),
  );
  if (partitions.size > 1) {
    report({
      where: 'targets',
      what: `the targets lie in the partitions ${[...partitions].join(', ')}, and one step asks the STS of one`,
      fix: 'Give each partition a step of its own; their profiles stand side by side',
    });
  }
}

function unique(problems: readonly Problem[]): readonly Problem[] {
  const texts = problems.map((problem) => JSON.stringify(problem));
  return problems.filter((_, index) => texts.indexOf(texts[index] ?? '') === index);
}
