import { join } from 'node:path';
import { needs, run, type Tool } from './tool.js';

const version = '1.32.0';
const windows = process.platform === 'win32';
const python = windows ? 'python' : 'python3';

/** Finds security problems in workflows. */
export const zizmor: Tool = {
  name: 'zizmor',
  version,
  program: join('bin', windows ? 'zizmor.exe' : 'zizmor'),
  obstacle: () => needs(python, '--version'),
  // A virtual environment would contain the path of the folder it was created in, so it could not be moved.
  async install(folder) {
    const options = ['--quiet', '--no-deps', '--only-binary', ':all:', '--disable-pip-version-check'];
    await run(python, ['-m', 'pip', 'install', ...options, '--target', folder, `zizmor==${version}`], { cwd: folder });
  },
};
