import { dirname, resolve } from 'node:path';
import type { NewProfile } from '../../domain/shared-config/new-profile.js';
import type { SectionUndo } from '../../domain/shared-config/section-undo.js';
import { configSection, normalName, sectionNames } from '../../domain/shared-config/sections.js';
import { DoubledSection, type SectionWrite, writeSections } from '../../domain/shared-config/write-sections.js';
import type { FileUndo } from '../../domain/undo/clean-up.js';
import { FileProblem } from '../files/file-problem.js';
import { readLinked } from '../files/linked-file.js';
import { missingFolders } from '../files/private-folder.js';

/** The profiles to write, and the files for them. */
export interface Profiles {
  readonly configFile: string;
  readonly credentialsFile: string;
  readonly profiles: readonly NewProfile[];
  readonly overwrite: boolean;
}

/** The error if a profile exists already and may not be overwritten. */
export class ProfileExists extends FileProblem {
  readonly profile: string;

  constructor(profile: string, path: string) {
    const fix = 'Choose another profile name, or allow this one to be overwritten.';
    super(`The profile "${profile}" already exists in ${path}.`, { path, fix });
    this.name = 'ProfileExists';
    this.profile = profile;
  }
}

/** One file and its new sections. */
export interface FileWrite {
  readonly path: string;
  readonly sections: readonly (SectionWrite & { readonly profile: string })[];
}

/**
 * Returns the new sections of each AWS file, without files that do not change, which may be read-only. Throws a
 * `FileProblem` if both AWS files have the same path.
 */
export async function fileWrites({ configFile, credentialsFile, profiles }: Profiles): Promise<readonly FileWrite[]> {
  if (profiles.length === 0) {
    return [];
  }
  const names = profiles.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new Error(`The profile "${twice}" is given twice.`);
  }
  const [config, credentials] = [resolve(configFile), resolve(credentialsFile)];
  if (config === credentials) {
    const fix = 'Give two files in AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE.';
    throw new FileProblem(`${config} is given as both config and credentials file.`, { path: config, fix });
  }
  const files: readonly FileWrite[] = [
    {
      path: config,
      sections: profiles.map((p) => ({ profile: p.name, name: configSection(p.name), entries: p.config })),
    },
    {
      path: credentials,
      sections: profiles.map((p) => ({ profile: p.name, name: p.name, entries: p.credentials ?? null })),
    },
  ];
  const needed: FileWrite[] = [];
  for (const file of files) {
    if (file.sections.some(({ entries }) => entries !== null) || (await hasAny(file))) {
      needed.push(file);
    }
  }
  return needed;
}

/** Whether a file has one of the sections; false for an unreadable file, in which no tool would find a section. */
async function hasAny({ path, sections }: FileWrite): Promise<boolean> {
  const text = await readLinked(path).catch(() => undefined);
  return existingSection(text ?? '', sections) !== undefined;
}

function existingSection(text: string, sections: FileWrite['sections']): FileWrite['sections'][number] | undefined {
  const names = sectionNames(text);
  return sections.find(({ name }) => names.has(normalName(name)));
}

/** Makes the undo of a file to which nothing was written yet: only its missing folders. */
export function untouched(path: string): FileUndo {
  return { path, created: false, folders: missingFolders(dirname(path)), sections: [] };
}

/** Returns a file's text with the new sections, and their undo; throws a `FileProblem` if they cannot be written. */
export function newText(
  { path, sections }: FileWrite,
  before: string | undefined,
  overwrite: boolean,
): { text: string; undo: SectionUndo[] } {
  const existing = overwrite ? undefined : existingSection(before ?? '', sections);
  if (existing !== undefined) {
    throw new ProfileExists(existing.profile, path);
  }
  try {
    return writeSections(before ?? '', sections);
  } catch (error) {
    if (!(error instanceof DoubledSection)) {
      throw error;
    }
    const fix = 'Merge the sections: AWS tools refuse a file with two.';
    throw new FileProblem(`The section [${error.section}] is in ${path} more than once.`, { path, fix });
  }
}

/** The path of the lock file for an AWS file. */
export function lockFileOf(path: string): string {
  return `${path}.assume-role.lock`;
}
