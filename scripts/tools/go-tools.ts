import { join } from 'node:path';
import { needs, run, type Tool } from './tool.js';

const suffix = process.platform === 'win32' ? '.exe' : '';

/** Runs workflows on this machine. It is built without Docker, so jobs run on the host. */
export const act = goTool({
  name: 'act',
  version: 'v0.2.89',
  module: 'github.com/nektos/act',
  flags: ['-tags', 'WITHOUT_DOCKER'],
});

/** Checks the syntax and expressions of workflows, and the inputs of the actions they use. */
export const actionlint = goTool({
  name: 'actionlint',
  version: 'v1.7.12',
  module: 'github.com/rhysd/actionlint',
  package: 'cmd/actionlint',
});

/** Gitea's runner. It can also run the jobs of one workflow without a Gitea server. */
export const giteaRunner = goTool({ name: 'runner', version: 'v1.0.8', module: 'gitea.com/gitea/runner' });

interface GoTool {
  readonly name: string;
  readonly version: string;
  readonly module: string;
  readonly package?: string;
  readonly flags?: readonly string[];
}

// Built in the module's own folder: `go install` rejects modules that have `replace` directives or no version list.
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
