import { join } from 'node:path';
import { needs, run, type Tool } from './tool.js';

const version = '1.32.0';
const windows = process.platform === 'win32';
const programs = windows ? 'Scripts' : 'bin';
const python = windows ? 'python' : 'python3';

/** Looks for security holes in workflows. */
export const zizmor: Tool = {
  name: 'zizmor',
  version,
  program: join(programs, windows ? 'zizmor.exe' : 'zizmor'),
  obstacle: () => needs(python, '--version'),
  // A wheel unpacked by itself needs no virtual environment, which would know the folder it was made in by name.
  async install(folder) {
    const options = ['--quiet', '--no-deps', '--only-binary', ':all:', '--disable-pip-version-check'];
    await run(python, ['-m', 'pip', 'install', ...options, '--prefix', folder, `zizmor==${version}`], { cwd: folder });
  },
};
