import { randomUUID } from 'node:crypto';
import { closeSync, constants, fstatSync, ftruncateSync, lstatSync, openSync, writeSync } from 'node:fs';
import type { Environment } from '../domain/input/environment.js';
import type { Problem } from '../domain/input/problem.js';
import { systemErrorText } from '../domain/input/system-error.js';

/** The variables that name the runner's command files: for variables, outputs, state and the summary of a step. */
export type CommandFile = 'GITHUB_ENV' | 'GITHUB_OUTPUT' | 'GITHUB_STATE' | 'GITHUB_STEP_SUMMARY';

/** The entries of a command file: names with values. */
export type Entries = Readonly<Record<string, string>>;

const appending = constants.O_WRONLY | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Returns why a command file cannot be written, as a problem; undefined if it can. */
export function commandFileProblem(name: CommandFile, environment: Environment): Problem | undefined {
  const path = environment[name];
  if (!path) {
    const fix =
      'Run the step on a runner, which sets it for every step, and do not override it in env: of the job or step';
    return { where: name, what: `${name} is ${path === undefined ? 'not set' : 'empty'}`, fix };
  }
  try {
    const stats = lstatSync(path);
    if (!stats.isFile()) {
      const what = `${path} is ${stats.isSymbolicLink() ? 'a symbolic link' : 'not a regular file'}`;
      return { where: name, what, fix: 'Do not replace the file of the runner' };
    }
    closeSync(openSync(path, appending));
    return undefined;
  } catch (error) {
    return {
      where: name,
      what: `${path} cannot be written: ${systemErrorText(codeOf(error))}`,
      fix: fixes[codeOf(error)] ?? fixes.EACCES,
    };
  }
}

const fixes: Readonly<Record<string, string>> & { readonly EACCES: string } = {
  ENOENT:
    "Make the runner's folder of temporary files visible to the step: in a container, mount it at the path that GITHUB_ENV names",
  EACCES:
    "Let the user of the step write it: run the job's container as root, or as the runner's user (options: --user 1001)",
  EROFS: "Let the step write to the runner's folder of temporary files: it is mounted read-only",
};

/**
 * Appends entries to a command file in one write; if that fails, restores the file and throws. Returns a function that
 * removes the entries again.
 */
export function append(name: CommandFile, environment: Environment, entries: Entries): () => void {
  return appendText(name, environment, Object.entries(entries).map(entryText).join(''));
}

/**
 * Appends a text to a command file in one write; if that fails, restores the file and throws. Returns a function that
 * removes the text again.
 */
export function appendText(name: CommandFile, environment: Environment, text: string): () => void {
  const path = environment[name];
  if (!path) {
    throw new Error(`${name} is not set.`);
  }
  try {
    const size = appendAll(path, text);
    return () => truncate(path, size);
  } catch (error) {
    throw new Error(`${name} (${path}) cannot be written: ${reasonOf(error)}.`, { cause: error });
  }
}

/** Appends a text to a file; returns the previous size of the file, which it has again if the write fails. */
function appendAll(path: string, text: string): number {
  const file = openSync(path, appending);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) {
      throw new Error('it is not a regular file');
    }
    const { size } = stats;
    try {
      writeAll(file, text);
    } catch (error) {
      ftruncateSync(file, size);
      throw error;
    }
    return size;
  } finally {
    closeSync(file);
  }
}

/** Truncates the file to a size. */
function truncate(path: string, size: number): void {
  const file = openSync(path, constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    ftruncateSync(file, size);
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(file, bytes, done);
  }
}

/**
 * Formats an entry: a value of any number of lines, between random delimiters.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
 */
function entryText([name, value]: readonly [string, string]): string {
  const delimiter = `ghadelimiter_${randomUUID()}`;
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error && !('code' in error) ? error.message : systemErrorText(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown error';
}
