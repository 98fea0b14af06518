import { credentialVariables, type Environment, identityVariables } from '../input/environment.js';
import { fingerprintOf } from '../input/fingerprint.js';

/** One exported variable: its previous value, and a fingerprint of the new one. */
export interface ExportedVariable {
  readonly name: string;
  /** The value before the step; undefined if the variable was not set. */
  readonly before?: string;
  readonly fingerprint: string;
}

/** Makes the record from which post restores the variables that a step exports; it contains no exported value. */
export function exportedVariables(
  exported: Readonly<Record<string, string>>,
  environment: Environment,
): readonly ExportedVariable[] {
  return Object.entries(exported).map(([name, value]) => {
    const before = environment[name];
    return { name, ...(before !== undefined && { before }), fingerprint: fingerprintOf(value) };
  });
}

/** The previous values that are secret, to mask them. Paths of token files are not secret. */
export function secretsBefore(exported: readonly ExportedVariable[]): readonly string[] {
  const secret = /(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|AUTHORIZATION_TOKEN)$/;
  return exported.filter(({ name }) => secret.test(name)).map(({ before = '' }) => before);
}

/**
 * Returns what post exports so that the variables are as before the step. A variable that was changed since is kept.
 *
 * A variable in the step's `env:` has the same value in the main step and in post, so post cannot see whether the job
 * still has the exported value. Post then exports the previous value of a Region or profile again. Keys in `env:` are
 * for this step only, so post blanks such a key, but only if it sees that the job still has another exported key.
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

/** The names of all variables that a step can export. */
const handedOver: readonly string[] = [...identityVariables, 'AWS_REGION', 'AWS_DEFAULT_REGION'];

/** Reads the variables of a saved undo record; undefined unless each is valid and one that a step can export. */
export function parseVariables(value: unknown): readonly ExportedVariable[] | undefined {
  return Array.isArray(value) && value.every(isExportedVariable) ? value : undefined;
}

/** Selects the variables with exported credentials, without previous values: post then blanks them if unchanged. */
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
