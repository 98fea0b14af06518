import type { StepResult } from '../../runner/step-result.js';
import { hub, keys } from './example-world.js';
import type { Stage } from './stage.js';

/** One role with access keys as base: the hop that sends default tags. */
export const single = { ...keys, 'role-to-assume': hub } as const;

/** A `github` context with a value for every default tag. */
export const github = {
  workflow: 'Deploy & more',
  base_ref: 'main',
  head_ref: 'fix',
  triggering_actor: 'hubot',
} as const;

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
