import type { Environment } from './environment.js';

/** One variable that was exported: what it held before, and a fingerprint of what it was given. */
export interface ExportedVariable {
  readonly name: string;
  /** Undefined where it was not set. */
  readonly before?: string;
  readonly fingerprint: string;
}

/** What has to be undone of the environment; holds no new secret. */
export function exportedVariables(
  exported: Readonly<Record<string, string>>,
  environment: Environment,
  fingerprint: (text: string) => string,
): readonly ExportedVariable[] {
  return Object.entries(exported).map(([name, value]) => {
    const before = environment[name];
    return { name, ...(before !== undefined && { before }), fingerprint: fingerprint(value) };
  });
}

/** What to export so that the environment is as before; a variable somebody else has set since is left alone. */
export function restoredVariables(
  exported: readonly ExportedVariable[],
  environment: Environment,
  fingerprint: (text: string) => string,
): Readonly<Record<string, string>> {
  const ours = exported.filter(({ name, fingerprint: given }) => fingerprint(environment[name] ?? '') === given);
  return Object.fromEntries(ours.map(({ name, before }) => [name, before ?? '']));
}
