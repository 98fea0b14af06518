import type { StepResult } from '../../runner/job.js';
import type { Stage } from './stage.js';

/** The tags of the nth AssumeRole. */
export function tagsOf(stage: Stage, index = 0): Record<string, string> {
  const parameters = stage.requests('AssumeRole')[index]?.parameters ?? {};
  const names = Object.keys(parameters).filter((name) => /^Tags\.member\.\d+\.Key$/.test(name));
  return Object.fromEntries(names.map((name) => [parameters[name], parameters[name.replace('.Key', '.Value')] ?? '']));
}

/** The transitive tag keys of the nth AssumeRole. */
export const transitiveOf = (stage: Stage, index = 0) =>
  Object.entries(stage.requests('AssumeRole')[index]?.parameters ?? {})
    .filter(([name]) => name.startsWith('TransitiveTagKeys'))
    .map(([, value]) => value);

/** The warnings of a step. */
export const warnings = ({ annotations }: StepResult) =>
  annotations.filter(({ level }) => level === 'warning').map(({ message }) => message);
