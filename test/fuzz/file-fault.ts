import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Random } from './random.js';
import { changed, strangeText } from './texts.js';

const windows = process.platform === 'win32';

/** Puts something else in place of a file. */
type Put = (path: string, random: Random) => void;

const textOf = (path: string) => {
  try {
    return lstatSync(path).isFile() ? readFileSync(path, 'utf8') : '';
  } catch {
    return '';
  }
};
const remade =
  (make: (path: string) => void): Put =>
  (path) => {
    rmSync(path, { recursive: true, force: true });
    make(path);
  };

const contents: Readonly<Record<string, Put>> = {
  changed: (path, random) => writeFileSync(path, changed(textOf(path), random)),
  'something before it': (path, random) => writeFileSync(path, `${strangeText(random)}\n${textOf(path)}`),
  'something after it': (path, random) => writeFileSync(path, `${textOf(path)}\n${strangeText(random)}`),
  'CRLF and a byte order mark': (path) => writeFileSync(path, `\ufeff${textOf(path).replaceAll('\n', '\r\n')}`),
  'UTF-16': (path) => writeFileSync(path, textOf(path), 'utf16le'),
  'bytes that are no UTF-8': (path) =>
    writeFileSync(path, Buffer.concat([Buffer.from(textOf(path)), Buffer.from([0xff, 0xfe, 0, 0xc3])])),
  'no line break at its end': (path) => writeFileSync(path, textOf(path).trimEnd()),
  'every section twice': (path) => writeFileSync(path, textOf(path).repeat(2)),
  empty: (path) => writeFileSync(path, ''),
  'a mode of its own': (path, random) => {
    writeFileSync(path, textOf(path));
    chmodSync(path, random.one([0o644, 0o666, 0o600, 0o400, 0o000]));
  },
  'a folder': remade((path) => mkdirSync(path)),
  'a dangling link': remade((path) => symlinkSync(`${path}.nowhere`, path)),
  'a link to itself': remade((path) => symlinkSync(path, path)),
  'a link to a file': (path) => {
    const text = textOf(path);
    rmSync(path, { recursive: true, force: true });
    writeFileSync(`${path}.real`, text);
    symlinkSync(`${path}.real`, path);
  },
  ...(windows
    ? {}
    : {
        'a pipe': remade((path) => execFileSync('mkfifo', [path])),
        'the null device': remade((path) => symlinkSync('/dev/null', path)),
        'a device without an end': remade((path) => symlinkSync('/dev/zero', path)),
      }),
};

const names = ['.aws/config', '.aws/credentials'] as const;
const leftovers = ['.aws/config.assume-role.lock', '.aws/credentials.assume-role.lock', '.aws/.assume-role'] as const;

/** Replaces a file of the home folder or the workspace by something else; returns the kind. */
export function fileFault(
  files: readonly string[],
  home: string,
  random: Random,
): { readonly kind: string; readonly put: () => void } {
  const isLeftover = random.chance(0.1);
  const path = isLeftover
    ? `${home}/${random.one(leftovers)}`
    : random.one([...files, ...names.map((name) => `${home}/${name}`)]);
  const kind = random.one(isLeftover ? ['changed', 'empty', 'a folder', 'a dangling link'] : Object.keys(contents));
  return {
    kind: `file: ${isLeftover ? 'leftover' : kind}`,
    put: () => {
      mkdirSync(dirname(path), { recursive: true });
      // Skips a path that an earlier change has replaced.
      if (lstatSync(path, { throwIfNoEntry: false })?.isFile() !== false) {
        contents[kind]?.(path, random);
      }
    },
  };
}
