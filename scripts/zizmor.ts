import { join } from 'node:path';
import { needs, run, type Tool } from './tool.js';

const version = '1.32.0';
const windows = process.platform === 'win32';
const python = windows ? 'python' : 'python3';

/** Looks for security holes in workflows. */
export const zizmor: Tool = {
  name: 'zizmor',
  version,
  program: join('bin', windows ? 'zizmor.exe' : 'zizmor'),
  obstacle: () => needs(python, '--version'),
  // Not into a virtual environment, which would know the folder it was made in by name.
  async install(folder) {
    const options = ['--quiet', '--no-deps', '--only-binary', ':all:', '--disable-pip-version-check'];
    await run(python, ['-m', 'pip', 'install', ...options, '--target', folder, `zizmor==${version}`], { cwd: folder });
  },
};
