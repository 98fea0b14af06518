import answers from './answers.json' with { type: 'json' };
import { files } from './files.js';
import { profiles } from './profiles.js';
import { variables } from './variables.js';

/**
 * One machine: its variables, AWS files and services. In its texts stand
 *
 * - `@keys(NAME)`: the three lines of a session's keys; `@id(NAME)`, `@secret(NAME)`, `@tok(NAME)` for one of them
 * - `@bot`: the two lines of a user's keys
 * - `@process(NAME)`, `@expired(NAME)`, `@version(NAME)`, `@botprocess`: a command that prints keys as a credential process,
 *   keys that ended, or keys of a version that is none
 * - `@hub`, `@deploy`: roles; `@token`: the path of an ID token; `@home`: the home folder; `@latin1` at the beginning: the
 *   file is not UTF-8
 */
export interface MachineCase {
  readonly name: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** Whose keys are in the environment: a session's, or the user `bot`'s. */
  readonly environmentKeys?: string;
  readonly config?: string;
  readonly credentials?: string;
  /** The text of a file `other` in the home folder. */
  readonly other?: string;
  /** The AWS files are symbolic links to another folder. */
  readonly isLinked?: boolean;
  readonly services?: readonly ('metadata' | 'container')[];
  /** Who the step is where it is not what the AWS CLI says, and why. */
  readonly step?: { readonly is: string; readonly because: string };
}

/** The clients that were asked, in the order of the answers. */
export const clientNames = ['AWS CLI', 'boto3', 'AWS SDK for Go v2', 'AWS SDK for JavaScript'] as const;

/** Every machine of the table. */
export const machineCases: readonly MachineCase[] = [...variables, ...profiles, ...files];

/** What the clients said of a machine when they were asked: the name of the session they were, or `error`. */
export function answersOf({ name }: MachineCase): readonly string[] {
  return (answers as Readonly<Record<string, readonly string[]>>)[name] ?? [];
}

/** Who the step has to be on a machine: `refused`, or the name of the session. */
export function expectedStep(machine: MachineCase): string {
  const [cli = 'no answer was recorded'] = answersOf(machine);
  return machine.step?.is ?? (cli === 'error' ? 'refused' : cli);
}
