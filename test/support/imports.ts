import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { rooms } from '../../scripts/rooms.js';

/** A source file: its path relative to the repository, with slashes, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Every TypeScript file in some folders. */
export function sourceFiles(root: string, folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })),
  );
}

/** The files that a file imports by a relative path, including type imports, re-exports and dynamic imports. */
export function importsIn({ path, text }: SourceFile): readonly string[] {
  const specifiers = text.matchAll(/(?:\bfrom|\bimport\(?)\s*(?:\/\*.*?\*\/\s*)?'(\.[^']+)\.js'/g);
  return [...specifiers].map(([, name = '']) => posix.normalize(posix.join(dirname(path), `${name}.ts`)));
}

/** Every import that breaks the table in scripts/rooms.ts, as `file -> file`. */
export function strayImports(files: readonly SourceFile[], table: typeof rooms): readonly string[] {
  return files.flatMap((file) => {
    const room = roomOf(file.path, table);
    const open = room === undefined ? [] : [room, ...(table[room]?.imports ?? [])];
    return importsIn(file)
      .filter((target) => !open.some((one) => isWithin(target, one)))
      .map((target) => `${file.path} -> ${target}`);
  });
}

/** A file and everything that it imports, directly or indirectly. */
export function closure(path: string, files: readonly SourceFile[], seen: Set<string> = new Set()): readonly string[] {
  const file = files.find((one) => one.path === path);
  if (file !== undefined && !seen.has(path)) {
    seen.add(path);
    for (const target of importsIn(file)) {
      closure(target, files, seen);
    }
  }
  return [...seen];
}

/** The longest chain of imports from a file down: each file imports the next one, whatever the form. */
export function longestChain(
  path: string,
  files: readonly SourceFile[],
  known: Map<string, readonly string[]> = new Map(),
): readonly string[] {
  const found = known.get(path);
  const file = files.find((one) => one.path === path);
  if (found !== undefined || file === undefined) {
    return found ?? [];
  }
  const below = importsIn(file).map((target) => longestChain(target, files, known));
  const longest = below.reduce((one, other) => (other.length > one.length ? other : one), []);
  known.set(path, [path, ...longest]);
  return [path, ...longest];
}

function roomOf(path: string, table: typeof rooms): string | undefined {
  return Object.keys(table)
    .filter((room) => isWithin(path, room))
    .sort((one, other) => other.length - one.length)[0];
}

function isWithin(path: string, room: string): boolean {
  return path === room || path.startsWith(`${room}/`);
}
