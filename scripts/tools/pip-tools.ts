import { join } from 'node:path';
import { needs, run, type Tool } from './tool.js';

const isWindows = process.platform === 'win32';
const python = isWindows ? 'python' : 'python3';

/** Finds security problems in workflows. */
export const zizmor = pipTool({
  name: 'zizmor',
  version: '1.32.0',
  program: join('bin', isWindows ? 'zizmor.exe' : 'zizmor'),
  options: ['--no-deps'],
});

/** An independent emulator of AWS; its path is a folder for PYTHONPATH. */
export const moto = pipTool({
  name: 'moto',
  version: '5.2.1',
  program: join('moto', 'server.py'),
  extra: '[server]',
});

interface PipPackage extends Pick<Tool, 'name' | 'version' | 'program'> {
  readonly extra?: string;
  readonly options?: readonly string[];
}

// A virtual environment would contain the path of the folder it was created in, so it could not be moved.
function pipTool({ name, version, program, extra = '', options = [] }: PipPackage): Tool {
  return {
    name,
    version,
    program,
    obstacle: () => needs(python, '--version'),
    async install(folder) {
      const common = ['--quiet', '--only-binary', ':all:', '--disable-pip-version-check', '--target', folder];
      const requirement = `${name}${extra}==${version}`;
      await run(python, ['-m', 'pip', 'install', ...options, ...common, requirement], { cwd: folder });
    },
  };
}
