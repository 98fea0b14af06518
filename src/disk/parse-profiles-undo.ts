import { isAbsolute } from 'node:path';
import { isSectionUndo } from '../domain/shared-config/section-undo-shape.js';
import type { FileUndo, ProfilesUndo } from './restore-profiles.js';

/** Reads how to take profiles back; undefined unless every part has its form and the files are among those allowed. */
export function parseProfilesUndo(value: unknown, isAllowed: (path: string) => boolean): ProfilesUndo | undefined {
  const files = (value as Partial<ProfilesUndo> | null)?.files;
  const isWhole = Array.isArray(files) && files.every((file) => isFileUndo(file) && isAllowed(file.path));
  return isWhole ? { files } : undefined;
}

function isFileUndo(value: unknown): value is FileUndo {
  const { path, created, createdFolders, sections } = (value ?? {}) as Partial<Record<keyof FileUndo, unknown>>;
  return (
    isPath(path) &&
    typeof created === 'boolean' &&
    Array.isArray(createdFolders) &&
    createdFolders.every(isPath) &&
    Array.isArray(sections) &&
    sections.every(isSectionUndo)
  );
}

function isPath(value: unknown): value is string {
  return typeof value === 'string' && isAbsolute(value) && !value.includes('\0');
}
