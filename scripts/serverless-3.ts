import { join } from 'node:path';
import { needs, run, type Tool } from './tool.js';

const version = '3.40.0';

/** The last free version of the Serverless Framework, and with it version 2 of the AWS SDK for JavaScript. */
export const serverless3: Tool = {
  name: 'serverless',
  version,
  program: join('node_modules', 'serverless', 'package.json'),
  obstacle: () => needs('npm', '--version'),
  async install(folder) {
    const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder];
    await run('npm', ['install', ...options, `serverless@${version}`], { cwd: folder });
  },
};
