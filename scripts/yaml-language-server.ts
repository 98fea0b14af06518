import { join } from 'node:path';
import { run, type Tool } from './tool.js';

const version = '1.25.0';
const name = 'yaml-language-server';

/** The YAML checker of VS Code, Neovim and others. It loads the schema that a file names in its first line. */
export const yamlLanguageServer: Tool = {
  name,
  version,
  program: join('node_modules', name, 'bin', name),
  obstacle: () => undefined,
  async install(folder) {
    const options = ['--ignore-scripts', '--no-save', '--no-audit', '--no-fund', '--prefix', folder];
    await run('npm', ['install', ...options, `${name}@${version}`], { cwd: folder });
  },
};
