import { credentialVariables, type Environment, identityVariables } from '../input/environment.js';
import { fingerprintOf } from '../input/fingerprint.js';

/** One exported variable: its previous value, and a fingerprint of the new one. */
export interface ExportedVariable {
  readonly name: string;
  /** Undefined if it was not set. */
  readonly before?: string;
  readonly fingerprint: string;
}

/** How to undo the environment; contains no new secret. */
export function exportedVariables(
  exported: Readonly<Record<string, string>>,
  environment: Environment,
): readonly ExportedVariable[] {
  return Object.entries(exported).map(([name, value]) => {
    const before = environment[name];
    return { name, ...(before !== undefined && { before }), fingerprint: fingerprintOf(value) };
  });
}

/** The secret previous values of the variables; token file paths are not secret. */
export function secretsBefore(exported: readonly ExportedVariable[]): readonly string[] {
  const secret = /(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|AUTHORIZATION_TOKEN)$/;
  return exported.filter(({ name }) => secret.test(name)).map(({ before = '' }) => before);
}

/**
 * What to export to restore the environment; a variable that was changed since is kept.
 *
 * A step's own `env:` hides the job's variables from main and post, and a hidden variable looks unchanged. A name
 * is then restored, which has no effect if it was unchanged. A credential that only the step had must not reach the
 * job: if another one is still the step's, this one is too, and is blanked.
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

/** Every variable that a step can export. */
const handedOver: readonly string[] = [...identityVariables, 'AWS_REGION', 'AWS_DEFAULT_REGION'];

/** Reads the variables of a saved undo record; undefined unless each is valid and one that a step can export. */
export function parseVariables(value: unknown): readonly ExportedVariable[] | undefined {
  return Array.isArray(value) && value.every(isExportedVariable) ? value : undefined;
}

/** The credentials among them, to blank if unchanged; restores nothing. */
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
