import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { needs, run, type Tool } from './tool.js';

/** The folder of Python modules in Debian's packages. */
export const debianModules = join('usr', 'lib', 'python3', 'dist-packages');

const python = '/usr/bin/python3';

// The packages are unpacked, not installed, so Python needs their paths.
const wrapper = `#!/bin/sh
root=$(dirname "$(dirname "$0")")
PYTHONPATH="$root/${debianModules}" exec ${python} "$root/usr/bin/aws" "$@"
`;

/** Version 2 of the AWS CLI, as Debian and Ubuntu package it. Nothing is installed on the system. */
export const awsCli2: Tool = {
  name: 'awscli-debian',
  version: '2',
  program: join('bin', 'aws'),
  obstacle: () => needs('apt-get', '--version') ?? needs('dpkg-deb', '--version') ?? needs(python, '--version'),
  async install(folder) {
    const packages = join(folder, 'packages');
    await mkdir(packages);
    try {
      await download(packages, []);
    } catch {
      // The package lists are missing or too old: download them into this folder.
      const own = await ownLists(folder);
      await run('apt-get', [...own, 'update'], { cwd: packages });
      await download(packages, own);
    }
    for (const name of await readdir(packages)) {
      await run('dpkg-deb', ['--extract', join(packages, name), folder], { cwd: folder });
    }
    await rm(packages, { recursive: true });
    await rm(join(folder, 'state'), { recursive: true, force: true });
    await mkdir(join(folder, 'bin'));
    await writeFile(join(folder, 'bin', 'aws'), wrapper);
    await chmod(join(folder, 'bin', 'aws'), 0o755);
    const version = await run(join(folder, 'bin', 'aws'), ['--version'], { cwd: folder });
    if (!version.startsWith('aws-cli/2.')) {
      throw new Error(`apt has no version 2 of the AWS CLI, but ${version.split(' ')[0]}`);
    }
  },
};

/** Downloads the package and its dependencies that this system lacks. */
async function download(cwd: string, options: readonly string[]): Promise<void> {
  const install = ['install', '--print-uris', '--yes', '--no-install-recommends', 'awscli'];
  const listed = await run('apt-get', [...options, ...install], { cwd });
  const names = [...listed.matchAll(/^'\S+' ([^_\s]+)_/gm)].map(([, name = '']) => name);
  if (!names.includes('awscli')) {
    throw new Error('apt does not offer the package awscli, or it is installed');
  }
  await run('apt-get', [...options, 'download', ...names], { cwd });
}

async function ownLists(folder: string): Promise<readonly string[]> {
  const state = join(folder, 'state');
  await mkdir(join(state, 'lists', 'partial'), { recursive: true });
  await mkdir(join(state, 'cache', 'archives', 'partial'), { recursive: true });
  return ['-o', `Dir::State::Lists=${join(state, 'lists')}`, '-o', `Dir::Cache=${join(state, 'cache')}`];
}
