import { join } from 'node:path';
import { needs, run, type Tool } from './tool.js';

const suffix = process.platform === 'win32' ? '.exe' : '';

/** Runs workflows on this machine; built without Docker, so that jobs run on the host. */
export const act = goTool({
  name: 'act',
  version: 'v0.2.89',
  module: 'github.com/nektos/act',
  flags: ['-tags', 'WITHOUT_DOCKER'],
});

/** Checks workflows: their syntax, expressions, and the inputs of the actions they use. */
export const actionlint = goTool({
  name: 'actionlint',
  version: 'v1.7.12',
  module: 'github.com/rhysd/actionlint',
  package: 'cmd/actionlint',
});

/** Gitea's runner, which also runs the jobs of one workflow without a Gitea. */
export const giteaRunner = goTool({ name: 'runner', version: 'v1.0.8', module: 'gitea.com/gitea/runner' });

interface GoTool {
  readonly name: string;
  readonly version: string;
  readonly module: string;
  readonly package?: string;
  readonly flags?: readonly string[];
}

// Built in the module's own folder: `go install` refuses modules with replacements or without a list of versions.
function goTool({ name, version, module, package: main = '.', flags = [] }: GoTool): Tool {
  const program = name + suffix;
  return {
    name,
    version,
    program,
    obstacle: () => needs('go', 'version'),
    async install(folder) {
      const answer = await run('go', ['mod', 'download', '-json', `${module}@${version}`], { cwd: folder });
      const { Dir: source } = JSON.parse(answer) as { Dir: string };
      const build = ['build', '-mod=readonly', ...flags, '-o', join(folder, program), `./${main}`];
      await run('go', build, { cwd: source, environment: { CGO_ENABLED: '0' } });
    },
  };
}
