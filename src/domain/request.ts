import { checkRefresh, refreshWarnings } from './check-refresh.js';
import { checkRequest } from './check-request.js';
import { declaredTargets } from './declared-targets.js';
import type { BaseIdentity } from './identity.js';
import { trimmed } from './input-names.js';
import { isNonEmpty, type NonEmpty } from './non-empty.js';
import { chainWarnings, checkChain, inheritanceNotices } from './preflight.js';
import { InvalidRequest, type Problem, type Report } from './problem.js';
import type { RequestSources } from './request-sources.js';
import { readSettings, type Settings } from './settings.js';
import { stepBase } from './step-base.js';
import { stepWords } from './step-words.js';
import { takenProfile } from './taken-profile.js';
import type { Target } from './target.js';
import type { DeclaredTarget } from './targets.js';
import { type StepWords, weighHops } from './weigh-hops.js';

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

/** Reads a request; throws InvalidRequest with every problem found. */
export function readRequest(sources: RequestSources): Request {
  const problems: Problem[] = [];
  const warnings: string[] = [];
  const report: Report = (problem) => problems.push(problem);
  const settings = readSettings(sources.inputs, sources.environment, report);
  const declared = declaredTargets(sources, settings, report);
  const chosen = stepBase(sources, settings, declared, report);
  const base: BaseIdentity = chosen?.base ?? { kind: 'default-chain' };
  const words = stepWords(sources.inputs, report);
  const isSingleRole = trimmed(sources.inputs, 'role-to-assume') !== '';
  const warn = (text: string) => warnings.push(text);
  const step = { words, environment: sources.environment, isSingleRole, warn };
  const targets = declared.map((target) => readTarget(target, { base, settings, step }, report));
  checkRequest(sources.inputs, settings, targets, report);
  checkRefresh(sources, settings, targets, report);
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
  { base: ofStep, settings, step }: { base: BaseIdentity; settings: Settings; step: StepWords },
  report: Report,
): Target {
  const base = declared.base ?? ofStep;
  const hops = weighHops(declared.hops, base, step, report);
  const region = settings.region ?? declared.region;
  checkChain(hops, { base, region, endpoint: settings.endpoint }, report);
  const { allowedAccountIds } = step.words;
  return {
    ...(declared.name !== '' && { name: declared.name }),
    base,
    hops,
    ...(region && { region }),
    accountGuards: hops.length === 0 && allowedAccountIds ? [allowedAccountIds] : [],
  };
}

function unique(problems: readonly Problem[]): readonly Problem[] {
  const texts = problems.map((problem) => JSON.stringify(problem));
  return problems.filter((_, index) => texts.indexOf(texts[index] ?? '') === index);
}
