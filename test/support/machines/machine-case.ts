import answers from './answers.json' with { type: 'json' };
import { files } from './files.js';
import { forms } from './forms.js';
import { profiles } from './profiles.js';
import { regions } from './regions.js';
import { variables } from './variables.js';

/**
 * One machine: its variables, AWS files and services. Its texts may contain these placeholders:
 *
 * - `@keys(NAME)`: the three lines of a session's keys; `@id(NAME)`, `@secret(NAME)`, `@tok(NAME)` for one of them
 * - `@bot`: the two lines of a user's keys
 * - `@process(NAME)`, `@botprocess`: a command that prints keys in the format of `credential_process`
 * - `@expired(NAME)`, `@ending(NAME)`, `@version(NAME)`: the same with expired keys, with keys that expire in two minutes,
 *   and with an invalid version
 * - `@printed(NAME)`, `@spaced(NAME)`: the path of a file with such keys, without and with a space in it
 * - `@tokenfile`: the path of the container's token
 * - `@hub`, `@deploy`: roles; `@token`: the path of an ID token; `@home`: the home folder
 * - `@latin1` at the beginning: the file is not UTF-8
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
  /** The step's expected identity or Region where they differ from the AWS CLI's, and why. */
  readonly step?: {
    readonly is?: string;
    readonly region?: string;
    readonly because: string;
    /** The identity of clients after the step, if it is not the step's. */
    readonly after?: { readonly [client in ClientName]?: string };
    /** Whether only a call shows that there is no identity. */
    readonly isLate?: true;
  };
}

/** The clients, in the order of their answers. */
export const clientNames = ['AWS CLI', 'AWS CLI 2', 'boto3', 'AWS SDK for Go v2', 'AWS SDK for JavaScript'] as const;

/** The name of a client. */
export type ClientName = (typeof clientNames)[number];

/** The answers of the clients on a machine: names of sessions or `error`, and Regions, `none` or `error`. */
export interface Answers {
  readonly who: readonly string[];
  readonly region: readonly string[];
}

/** Every machine of the table. */
export const machineCases: readonly MachineCase[] = [...variables, ...profiles, ...files, ...regions, ...forms];

/** The recorded answer of a client on a machine. */
export function answerOf({ name }: MachineCase, client: ClientName): { readonly who: string; readonly region: string } {
  const { who, region } = (answers as Readonly<Record<string, Answers>>)[name] ?? { who: [], region: [] };
  const index = clientNames.indexOf(client);
  const none = 'no answer was recorded';
  return { who: who[index] ?? none, region: region[index] ?? none };
}

/** The identity that the step must have on a machine: `refused`, or the name of the session. */
export function expectedStep(machine: MachineCase): string {
  const { who } = answerOf(machine, 'AWS CLI');
  return machine.step?.is ?? (who === 'error' ? 'refused' : who);
}

/** The Region that the step has to use and export; version 2 of the AWS CLI is the one that reads every variable. */
export function expectedRegion(machine: MachineCase): string {
  const { region } = answerOf(machine, 'AWS CLI 2');
  return machine.step?.region ?? (region === 'error' ? 'none' : region);
}
