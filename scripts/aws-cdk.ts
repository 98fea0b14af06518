import { join } from 'node:path';
import { needs, run, type Tool } from './tool.js';

const version = '2.1148.1';

/** AWS's CDK command line. It supports only certain versions of Node and has no dependencies. */
export const awsCdk: Tool = {
  name: 'aws-cdk',
  version,
  program: join('node_modules', '.bin', process.platform === 'win32' ? 'cdk.cmd' : 'cdk'),
  obstacle: () => needs('npm', '--version'),
  async install(folder) {
    const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder];
    await run('npm', ['install', ...options, `aws-cdk@${version}`], { cwd: folder });
  },
};
