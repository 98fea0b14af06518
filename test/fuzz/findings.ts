import type { StepResult } from '../../runner/step-result.js';
import { parseWorkflowCommand } from '../../runner/workflow-command.js';
import { exposedIn, shownBy } from '../support/exposed-secrets.js';

const known = new Set(
  'save-state stop-commands add-mask set-output set-env error warning notice debug group endgroup echo add-path add-matcher remove-matcher'.split(
    ' ',
  ),
);
const own = new Set(['add-mask', 'error', 'warning', 'notice', 'debug']);
const nodeWords =
  /^\s+at .+[:(].*$|\[object .*|\bundefined\b.*|\bNaN\b.*|Cannot read prop.*|is not a function.*|is not iterable.*|call stack.*|Invalid URL.*|The "\w+" argument.*|(?:Unhandled|Uncaught).*/m;
const variables = /^(AWS_[A-Z_]+)$/;

/** The facts that a step is checked against. */
interface Facts {
  readonly secrets: readonly string[];
  /** Milliseconds from the start of the process to the latest allowed end. */
  readonly endsWithin: number;
  /** Files that differ after the step, and how. */
  readonly changedFiles: readonly string[];
}

/** Finds texts that a log, runner or terminal must not show, whoever printed them. */
function findingsInTexts(step: StepResult, secrets: readonly string[]): readonly string[] {
  const found: string[] = [];
  const commands = step.rawLines
    .map(({ line }) => parseWorkflowCommand(line, known))
    .filter((one) => one !== undefined);
  const foreign = commands.filter(({ name, properties }) => !own.has(name) || properties.title === 'evil');
  found.push(...foreign.map(({ name }) => `a runner carries out ${name}`));
  if (step.masks.includes('a')) {
    found.push('a runner masks a value of another program');
  }
  // A mask command contains the secret itself; the runner does not show it.
  const lines = step.rawLines.map(({ line }) => line).filter((line) => !line.startsWith('::add-mask::'));
  for (const [where, text] of [
    ['log', lines.join('\n')],
    ['summary', step.rawSummary],
  ] as const) {
    const [control] = /[^\P{Cc}\n\t]|[\u2028\u2029\u202e]/u.exec(text) ?? [];
    if (control !== undefined) {
      found.push(`the ${where} contains the character ${JSON.stringify(control)}`);
    }
  }
  const [words] = nodeWords.exec(step.raw) ?? [];
  if (words !== undefined) {
    found.push(`the log says ${JSON.stringify(words.slice(0, 120))}`);
  }
  found.push(...exposedIn(shownBy(step), secrets).map((part) => `a part of a secret is shown: ${part}`));
  if (step.warnings.length > 0) {
    found.push(`the runner says ${step.warnings.join('; ')}`);
  }
  return found;
}

/** Finds violations in the result of a main step. */
export function findingsInMain(step: StepResult, facts: Facts): readonly string[] {
  const found = [...findingsInTexts(step, facts.secrets)];
  if (step.timedOut || step.durationMs > facts.endsWithin) {
    found.push(`it ended after ${Math.round(step.durationMs)} ms`);
  }
  if (step.exitCode !== 0 && step.exitCode !== 1) {
    found.push(`exit code ${step.exitCode}`);
  }
  if (Object.keys(step.environmentChanges).some((name) => !variables.test(name))) {
    found.push(`it sets ${Object.keys(step.environmentChanges).join()}`);
  }
  return step.exitCode === 0 ? found : [...found, ...findingsInFailure(step, facts)];
}

function findingsInFailure(step: StepResult, { changedFiles }: Facts): readonly string[] {
  const errors = step.annotations.filter(({ level }) => level === 'error');
  const found: string[] = [];
  if (errors.length !== 1 || !/\S/.test(errors[0]?.title ?? '') || !/\S/.test(errors[0]?.message ?? '')) {
    found.push(`${errors.length} error annotations: ${errors.map(({ title }) => title).join(' | ')}`);
  }
  if (errors.some(({ title }) => title === 'The step failed')) {
    found.push(`an unexpected error: ${errors[0]?.message}`);
  }
  const left = [step.environmentChanges, step.outputs].flatMap((names) => Object.keys(names));
  if (left.length > 0 || step.pathChanges.length > 0) {
    found.push(`a failed step leaves ${left.join()}`);
  }
  return [...found, ...changedFiles.map((file) => `a failed step changes ${file}`)];
}

/** Finds violations in the result of a post step. */
export function findingsInPost(
  step: StepResult,
  facts: Facts & { readonly secretFiles: readonly string[] },
): readonly string[] {
  const errors = step.annotations.filter(({ level }) => level === 'error');
  return [
    ...findingsInTexts(step, facts.secrets),
    ...(step.exitCode === 0 ? [] : [`exit code ${step.exitCode}`]),
    ...(step.durationMs > facts.endsWithin ? [`it ended after ${Math.round(step.durationMs)} ms`] : []),
    ...errors.map(({ title }) => `an error annotation: ${title}`),
    ...facts.changedFiles.map((file) => `it leaves ${file}`),
    ...facts.secretFiles.map((file) => `a secret stays in ${file}`),
  ].map((finding) => `post: ${finding}`);
}
