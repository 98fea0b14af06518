import { credentialVariables, type Environment, identityVariables } from '../input/environment.js';
import { fingerprintOf } from '../input/fingerprint.js';
import type { SectionUndo } from '../shared-config/section-undo.js';

/** One variable that was exported: what it held before, and a fingerprint of what it was given. */
export interface ExportedVariable {
  readonly name: string;
  /** Undefined where it was not set. */
  readonly before?: string;
  readonly fingerprint: string;
}

/** How to undo what was written to one AWS file. */
export interface FileUndo {
  readonly path: string;
  /** Whether the file is the step's own; it goes where nothing else is in it. */
  readonly created: boolean;
  /** Folders that were made for it, the deepest first. */
  readonly folders: readonly string[];
  readonly sections: readonly SectionUndo[];
}

/** What is to be undone of a step. */
export interface CleanUp {
  /** Tells this step from others that use the same files: a UUID. */
  readonly step: string;
  readonly variables: readonly ExportedVariable[];
  /** The step's own folder, with plans and caches of sessions that renew themselves. */
  readonly folder?: string;
  readonly files: readonly FileUndo[];
  /** When the first session ends that was handed over and cannot be renewed: RFC 3339, UTC. */
  readonly ends?: string;
}

/** What has to be undone of the environment; holds no new secret. */
export function exportedVariables(
  exported: Readonly<Record<string, string>>,
  environment: Environment,
): readonly ExportedVariable[] {
  return Object.entries(exported).map(([name, value]) => {
    const before = environment[name];
    return { name, ...(before !== undefined && { before }), fingerprint: fingerprintOf(value) };
  });
}

/** What the variables held before that must never be shown; paths of token files are no secrets. */
export function secretsBefore(exported: readonly ExportedVariable[]): readonly string[] {
  const secret = /(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|AUTHORIZATION_TOKEN)$/;
  return exported.filter(({ name }) => secret.test(name)).map(({ before = '' }) => before);
}

/**
 * What to export so that the environment is as before; a variable somebody else has set since is left alone.
 *
 * A step's own `env:` hides the job's variables from main and post alike, and a hidden variable looks untouched. A name
 * is then put back, which changes nothing where it was untouched. A credential that only the step had is not the job's
 * to have: where another one is still ours, this one is ours too, and is blanked.
 */
export function restoredVariables(
  exported: readonly ExportedVariable[],
  environment: Environment,
): Readonly<Record<string, string>> {
  const blank = fingerprintOf('');
  const isOurs = ({ name, fingerprint: given }: ExportedVariable) => fingerprintOf(environment[name] ?? '') === given;
  const hasOurKeys = exported.some(
    (variable) => isCredential(variable) && variable.fingerprint !== blank && isOurs(variable),
  );
  const restored = exported.flatMap((variable): readonly (readonly [string, string])[] => {
    const { name, before = '' } = variable;
    if (isOurs(variable)) {
      return [[name, before]];
    }
    const looksUntouched = variable.fingerprint !== blank && before === environment[name];
    if (!looksUntouched || (isCredential(variable) && !hasOurKeys)) {
      return [];
    }
    return [[name, isCredential(variable) ? '' : before]];
  });
  return Object.fromEntries(restored);
}

function isCredential({ name }: ExportedVariable): boolean {
  return credentialVariables.some((credential) => credential === name);
}

/** Every variable that a handover can set. */
const handedOver: readonly string[] = [...identityVariables, 'AWS_REGION', 'AWS_DEFAULT_REGION'];

/** Reads the variables of a saved undo record; undefined unless each has its form, and is one that a handover can set. */
export function parseVariables(value: unknown): readonly ExportedVariable[] | undefined {
  return Array.isArray(value) && value.every(isExportedVariable) ? value : undefined;
}

/** The credentials among them, to be blanked where they are still those that were set; nothing is put back. */
export function blankedOnly(variables: readonly ExportedVariable[]): readonly ExportedVariable[] {
  const blank = fingerprintOf('');
  return variables
    .filter((variable) => isCredential(variable) && variable.fingerprint !== blank)
    .map(({ name, fingerprint }) => ({ name, fingerprint }));
}

function isExportedVariable(value: unknown): value is ExportedVariable {
  const { name, before, fingerprint } = (value ?? {}) as Partial<Record<keyof ExportedVariable, unknown>>;
  const isKnown = typeof name === 'string' && handedOver.includes(name);
  const isText = before === undefined || typeof before === 'string';
  return isKnown && isText && typeof fingerprint === 'string' && /^[0-9a-f]{64}$/.test(fingerprint);
}
