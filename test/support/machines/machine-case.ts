import answers from './answers.json' with { type: 'json' };
import { files } from './files.js';
import { profiles } from './profiles.js';
import { variables } from './variables.js';

/**
 * One machine: its variables, AWS files and services. Its texts may contain these placeholders:
 *
 * - `@keys(NAME)`: the three lines of a session's keys; `@id(NAME)`, `@secret(NAME)`, `@tok(NAME)` for one of them
 * - `@bot`: the two lines of a user's keys
 * - `@process(NAME)`, `@botprocess`: a command that prints keys in the format of `credential_process`; `@expired(NAME)`:
 *   expired keys; `@version(NAME)`: keys with an invalid version
 * - `@hub`, `@deploy`: roles; `@token`: the path of an ID token; `@home`: the home folder; `@latin1` at the beginning: the
 *   file is not UTF-8
 */
export interface MachineCase {
  readonly name: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** The owner of the keys in the environment: a session, or the user `bot`. */
  readonly environmentKeys?: string;
  readonly config?: string;
  readonly credentials?: string;
  /** The content of a file `other` in the home folder. */
  readonly other?: string;
  /** Whether the AWS files are symbolic links to another folder. */
  readonly isLinked?: boolean;
  readonly services?: readonly ('metadata' | 'container')[];
  /** The step's expected identity where it differs from the AWS CLI's, and why. */
  readonly step?: { readonly is: string; readonly because: string };
}

/** The clients, in the order of their answers. */
export const clientNames = ['AWS CLI', 'boto3', 'AWS SDK for Go v2', 'AWS SDK for JavaScript'] as const;

/** Every machine of the table. */
export const machineCases: readonly MachineCase[] = [...variables, ...profiles, ...files];

/** The recorded answers of the clients on a machine: the name of the session, or `error`. */
export function answersOf({ name }: MachineCase): readonly string[] {
  return (answers as Readonly<Record<string, readonly string[]>>)[name] ?? [];
}

/** The identity that the step must have on a machine: `refused`, or the name of the session. */
export function expectedStep(machine: MachineCase): string {
  const [cli = 'no answer was recorded'] = answersOf(machine);
  return machine.step?.is ?? (cli === 'error' ? 'refused' : cli);
}
