import { join } from 'node:path';
import { needs, run, type Tool } from './tool.js';

const version = '5.2.1';
const python = process.platform === 'win32' ? 'python' : 'python3';

/** An independent emulator of AWS; its path is a folder for PYTHONPATH. */
export const moto: Tool = {
  name: 'moto',
  version,
  program: join('moto', 'server.py'),
  obstacle: () => needs(python, '--version'),
  async install(folder) {
    const options = ['--quiet', '--only-binary', ':all:', '--disable-pip-version-check', '--target', folder];
    await run(python, ['-m', 'pip', 'install', ...options, `moto[server]==${version}`], { cwd: folder });
  },
};
