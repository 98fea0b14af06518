import { resolve } from 'node:path';
import type { Entries } from '../domain/shared-config/render-section.js';
import { configSection, hasSection } from '../domain/shared-config/sections.js';
import {
  DoubledSection,
  type SectionUndo,
  type SectionWrite,
  writeSections,
} from '../domain/shared-config/write-sections.js';
import { FileProblem } from './file-problem.js';
import { type LockOptions, withLock } from './lock.js';
import { readIfPresent, removeLeftovers, removePrivate, writePrivate } from './private-file.js';
import { type FileUndo, lockFile, type ProfilesUndo, sha256 } from './restore-profiles.js';

/** One profile: its section in the config file and, where it has keys, its section in the credentials file. */
export interface ProfileWrite {
  readonly name: string;
  readonly config: Entries;
  readonly credentials?: Entries;
}

/** What `writeProfiles` shall do; `record` gets the undo before the first byte is written. */
export interface ProfilesWrite {
  readonly configFile: string;
  readonly credentialsFile: string;
  readonly profiles: readonly ProfileWrite[];
  readonly overwrite: boolean;
  readonly record?: (undo: ProfilesUndo) => void | Promise<void>;
  readonly lock?: LockOptions;
}

/** A profile is there already and may not be overwritten. */
export class ProfileExists extends FileProblem {
  readonly profile: string;

  constructor(profile: string, path: string) {
    const fix = 'Choose another profile name, or allow this one to be overwritten.';
    super(`The profile "${profile}" already exists in ${path}.`, { path, fix });
    this.name = 'ProfileExists';
    this.profile = profile;
  }
}

interface Target {
  readonly path: string;
  readonly sections: readonly (SectionWrite & { profile: string })[];
}

interface Change {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string;
  readonly undo: FileUndo;
}

/**
 * Writes profiles into the config and the credentials file under a lock: all or none. An existing profile is a
 * `ProfileExists` unless `overwrite`, which also takes a credentials section away that the new profile has none for.
 */
export async function writeProfiles(request: ProfilesWrite): Promise<ProfilesUndo> {
  const targets = targetsOf(request);
  const locks = targets.map(({ path }) => path).sort();
  return underLocks(locks, request.lock ?? {}, async (createdFolders) => {
    const changes: Change[] = [];
    for (const target of targets) changes.push(await plan(target, request.overwrite, createdFolders));
    const undo = { files: changes.map((change) => change.undo) };
    await request.record?.(undo);
    await applyAll(changes.filter(({ before, after }) => after !== (before ?? '')));
    return undo;
  });
}

function targetsOf({ configFile, credentialsFile, profiles }: ProfilesWrite): Target[] {
  const names = profiles.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`The profile "${twice}" is given twice.`);
  const config = profiles.map((p) => ({ profile: p.name, name: configSection(p.name), entries: p.config }));
  const credentials = profiles.map((p) => ({ profile: p.name, name: p.name, entries: p.credentials ?? null }));
  const [configPath, credentialsPath] = [resolve(configFile), resolve(credentialsFile)];
  if (configPath === credentialsPath) {
    const path = configPath;
    throw new FileProblem(`${path} is given as both config and credentials file.`, { path, fix: 'Give two files.' });
  }
  return [
    { path: configPath, sections: config },
    { path: credentialsPath, sections: credentials },
  ];
}

async function plan(target: Target, overwrite: boolean, createdFolders: FoldersByFile): Promise<Change> {
  const { path, sections } = target;
  await removeLeftovers(path);
  const before = await readIfPresent(path);
  const existing = sections.find(({ name }) => hasSection(before ?? '', name));
  if (existing !== undefined && !overwrite) throw new ProfileExists(existing.profile, path);
  const { text, undo } = write(path, before ?? '', sections);
  const folders = createdFolders.get(path) ?? [];
  return {
    path,
    before,
    after: text,
    undo: { path, created: before === undefined, createdFolders: folders, sections: undo },
  };
}

function write(path: string, text: string, sections: Target['sections']): { text: string; undo: SectionUndo[] } {
  try {
    return writeSections(text, sections, sha256);
  } catch (error) {
    if (!(error instanceof DoubledSection)) {
      throw error;
    }
    const fix = 'Make one section of them: AWS tools refuse a file with two.';
    throw new FileProblem(`The section [${error.section}] is in ${path} more than once.`, { path, fix });
  }
}

async function applyAll(changes: readonly Change[]): Promise<void> {
  const done: Change[] = [];
  try {
    for (const change of changes) {
      await writePrivate(change.path, change.after);
      done.push(change);
    }
  } catch (error) {
    for (const { path, before } of done)
      await (before === undefined ? removePrivate(path) : writePrivate(path, before));
    throw error;
  }
}

type FoldersByFile = ReadonlyMap<string, readonly string[]>;

async function underLocks<Result>(
  paths: readonly string[],
  options: LockOptions,
  action: (createdFolders: FoldersByFile) => Promise<Result>,
): Promise<Result> {
  const folders = new Map<string, readonly string[]>();
  const enter = async (rest: readonly string[]): Promise<Result> => {
    const [path, ...others] = rest;
    if (path === undefined) return action(folders);
    return withLock(lockFile(path), options, (created) => {
      folders.set(path, created);
      return enter(others);
    });
  };
  return enter(paths);
}
