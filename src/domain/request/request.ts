import type { BaseIdentity } from '../chain/base-identity.js';
import type { Target } from '../chain/target.js';
import { walkAddresses } from '../chain/walk-addresses.js';
import { stepOptions } from '../declared/step-options.js';
import type { DeclaredTarget } from '../declared/targets.js';
import { checkProxy } from '../endpoint/proxy.js';
import { trimmed } from '../input/inputs.js';
import { isNonEmpty, type NonEmpty } from '../input/non-empty.js';
import { InvalidRequest, type Problem, type Report } from '../input/problem.js';
import type { RequestSources } from '../input/sources.js';
import { reportMisspelt, unknownWarning } from '../input/unknown-inputs.js';
import { buildHops, type StepContext } from './build-hops.js';
import { chainWarnings, checkChain, inheritanceNotices } from './check-chain.js';
import { checkRefresh, refreshWarnings } from './check-refresh.js';
import { checkTargets } from './check-targets.js';
import { proxySources } from './proxy-sources.js';
import { readTargets } from './read-targets.js';
import { readSettings, type Settings } from './settings.js';
import { stepBase } from './step-base.js';
import { takenProfile } from './taken-profile.js';

/** Everything a step was asked for, read once and found possible. */
export interface Request extends Settings {
  readonly targets: NonEmpty<Target>;
  /** Why the base identity was picked. */
  readonly baseReason: string;
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
}

/** Reads a request; throws InvalidRequest with every problem found. */
export function readRequest(sources: RequestSources): Request {
  const problems: Problem[] = [];
  const warnings: string[] = [];
  const report: Report = (problem) => problems.push(problem);
  const otherInputs = sources.otherInputs ?? {};
  reportMisspelt(otherInputs, report);
  const settings = readSettings(sources.inputs, sources.environment, report);
  const declared = readTargets(sources, settings, report);
  const chosen = stepBase(sources, settings, declared, report);
  const base: BaseIdentity = chosen?.base ?? { kind: 'default-chain' };
  const options = stepOptions(sources.inputs, report);
  const isSingleRole = trimmed(sources.inputs, 'role-to-assume') !== '';
  const warn = (text: string) => warnings.push(text);
  const step = { options, environment: sources.environment, isSingleRole, warn };
  const targets = declared.map((target) => readTarget(target, { base, settings, step }, report));
  checkTargets(sources.inputs, settings, targets, report);
  checkRefresh(sources, settings, targets, report);
  const proxies = proxySources(sources.inputs, sources.environment);
  checkProxy(walkAddresses(targets, settings.endpoint), proxies, report);
  const taken = takenProfile(settings.handover, { all: targets, written: targets }, sources.machineProfiles);
  if (taken !== undefined && !settings.reusesExisting && !settings.dryRun) {
    report(taken);
  }
  if (problems.length > 0 || !isNonEmpty(targets)) {
    throw new InvalidRequest(unique(problems));
  }
  const several = targets.length > 1;
  const handover = {
    ...settings.handover,
    environment: settings.handover.environment && (!several || settings.handover.profile !== undefined),
  };
  return {
    ...settings,
    handover,
    targets,
    baseReason: chosen?.reason ?? '',
    warnings: [
      ...new Set([
        ...[unknownWarning(otherInputs), chosen?.warning].filter((text) => text !== undefined),
        ...settings.warnings,
        ...warnings,
        ...refreshWarnings(settings, targets),
        ...targets.flatMap(({ hops }) => chainWarnings(hops)),
      ]),
    ],
    notices: [...new Set(targets.flatMap(({ hops }) => inheritanceNotices(hops)))],
  };
}

/** What was declared, weighed: each hop with what it is made with, and held against what AWS takes. */
function readTarget(
  declared: DeclaredTarget,
  { base: ofStep, settings, step }: { base: BaseIdentity; settings: Settings; step: StepContext },
  report: Report,
): Target {
  const base = declared.base ?? ofStep;
  const hops = buildHops(declared.hops, base, step);
  const region = settings.region ?? declared.region;
  const places = declared.hops.map(({ place }) => place);
  checkChain(hops, { base, region, endpoint: settings.endpoint, places }, report);
  const { allowedAccountIds } = step.options;
  return {
    ...(declared.name !== '' && { name: declared.name }),
    base,
    hops,
    ...(region && { region }),
    allowedAccountIds: hops.length === 0 && allowedAccountIds ? [allowedAccountIds] : [],
  };
}

function unique(problems: readonly Problem[]): readonly Problem[] {
  const texts = problems.map((problem) => JSON.stringify(problem));
  return problems.filter((_, index) => texts.indexOf(texts[index] ?? '') === index);
}
