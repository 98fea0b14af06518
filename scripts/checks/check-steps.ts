import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../root.js';
import { program, type Step, step } from './step.js';
import { testStep } from './test-step.js';

/** All checks of a change, the fastest first. */
export function checkSteps(): readonly Step[] {
  const before = changedFiles();
  return [
    program('format, lint and layers', 'node_modules/@biomejs/biome/bin/biome', 'ci', '.'),
    program('types', 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'),
    freshBuild,
    testStep('tests', ['test']),
    step('clean tree', async () => {
      const left = changedFiles().filter((line) => process.env.CI || !before.includes(line));
      return left.length === 0 ? undefined : `These files are changed, or not committed:\n${left.join('\n')}`;
    }),
  ];
}

/** dist/ must equal what src/ builds to, including files that are not committed. */
const freshBuild: Step = {
  name: 'build, and dist as built',
  async run() {
    const before = distFiles();
    const built = await program('build', 'node_modules/tsx/dist/cli.mjs', 'scripts/build.ts').run();
    if (built.failed > 0) {
      return built;
    }
    return step('dist', async () => {
      const after = distFiles();
      const names = [...new Set([...before.keys(), ...after.keys()])];
      const stale = names.filter((name) => before.get(name) !== after.get(name));
      return stale.length === 0 ? undefined : `The build changed dist; commit it with its source: ${stale.join(', ')}`;
    }).run();
  },
};

function distFiles(): ReadonlyMap<string, string> {
  const dist = join(root, 'dist');
  const entries = readdirSync(dist, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [relative(dist, file), readFileSync(file, 'utf8')]));
}

function changedFiles(): readonly string[] {
  const status = execFileSync('git', ['status', '--porcelain', '--untracked-files=all'], { cwd: root });
  return status
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}
