import type { ReachedTarget } from '../../domain/chain/outcome.js';
import type { Target } from '../../domain/chain/target.js';
import type { Environment } from '../../domain/input/environment.js';
import { InvalidRequest, type Problem } from '../../domain/input/problem.js';
import type { Request } from '../../domain/request/request.js';
import { commandFileProblem } from '../../github/command-files.js';
import { warn } from '../../github/report.js';
import { unwritablePath } from './credential-process-command.js';
import { type PreparedHandover, prepareHandover } from './prepare-handover.js';

/*
 * Finds out before any call whether the handover is certain to fail: plans it with placeholder sessions, and checks the
 * files that it needs.
 */

/** Throws `InvalidRequest` if a command file of the runner, which the step will write, cannot be written. */
export function checkCommandFiles(request: Request, environment: Environment): void {
  const { handover, folder, profiles } = plannedWithPlaceholders(request, [], environment);
  const problem = (name: Parameters<typeof commandFileProblem>[0]) => commandFileProblem(name, environment) ?? [];
  const exports = Object.keys(handover.environment).length > 0;
  const undoes = folder !== undefined || profiles.profiles.some(({ credentials }) => credentials !== undefined);
  const problems = [
    ...(exports ? [problem('GITHUB_ENV')] : []),
    ...(environment.GITHUB_OUTPUT || request.handover.outputs ? [problem('GITHUB_OUTPUT')] : []),
    ...(environment.GITHUB_STATE || undoes ? [problem('GITHUB_STATE')] : []),
  ].flat();
  if (problems.length > 0) {
    throw new InvalidRequest(problems);
  }
  if (exports && !environment.GITHUB_STATE) {
    warn(
      'GITHUB_STATE is not set, so the post step cannot restore the variables: they contain the keys until the job ends.',
    );
  }
}

/**
 * Throws `InvalidRequest` if a profile or plan that the step will write cannot be written. Resolves to whether the
 * environment profile can be written; if only that cannot, the keys are exported without it, and a warning says so.
 */
export async function checkFiles(
  request: Request,
  kept: readonly ReachedTarget[],
  environment: Environment,
): Promise<boolean> {
  const plan = plannedWithPlaceholders(request, kept, environment);
  if (plan.folder === undefined && plan.profiles.profiles.length === 0) {
    return true;
  }
  const { fileProblem } = await import('./check-files.js');
  const problem = stateProblem(plan, environment) ?? commandProblem(plan) ?? (await fileProblem(plan, request));
  if (problem === undefined) {
    return true;
  }
  if (request.handover.profile !== undefined || request.targets.length > 1) {
    throw new InvalidRequest([problem]);
  }
  const { toolsIgnoringKeys: ignoring } = request;
  const names = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'].filter((name) => environment[name] !== undefined);
  warn(
    `The step cannot write a profile that reads the exported keys, so it does not change ${names.join(' and ')}: ${problem.what}. The keys are exported${ignoring === undefined ? ', and every AWS tool uses them' : `; ${ignoring} in later steps`}. ${problem.fix}, or do not set the variable.`,
  );
  return false;
}

function plannedWithPlaceholders(
  request: Request,
  kept: readonly ReachedTarget[],
  environment: Environment,
): PreparedHandover {
  const reached = request.targets.map((target) => kept.find((one) => one.target === target) ?? placeholder(target));
  const step = '00000000-0000-0000-0000-000000000000';
  return prepareHandover({ request, reached, environment, step, canWriteEnvironmentProfile: true });
}

function placeholder(target: Target): ReachedTarget {
  return {
    target,
    sessions: [],
    identity: { arn: '', partition: 'aws', accountId: '', kind: 'other', name: '', roleSessionName: '' },
    credentials: { accessKeyId: 'x', secretAccessKey: 'x', sessionToken: 'x' },
    isKept: false,
  };
}

/** Returns the problem of an unwritable state file, if the step writes profiles: these need an undo record. */
function stateProblem({ profiles }: PreparedHandover, environment: Environment): Problem | undefined {
  return profiles.profiles.length === 0 || environment.GITHUB_STATE
    ? undefined
    : commandFileProblem('GITHUB_STATE', environment);
}

function commandProblem({ profiles }: PreparedHandover): Problem | undefined {
  const path = profiles.profiles.some(({ config }) => 'credential_process' in config) ? unwritablePath() : undefined;
  return path === undefined
    ? undefined
    : {
        where: 'credential_process',
        what: `the path ${JSON.stringify(path)} cannot be in an AWS file, which ends a line at " #", " ;" and line ends`,
        fix: 'Install the runner in a folder without these characters in its path',
      };
}
