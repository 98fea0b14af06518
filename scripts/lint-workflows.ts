import { spawnSync } from 'node:child_process';
import { root } from './root.js';
import { actionlint } from './tools/go-tools.js';
import { zizmor } from './tools/pip-tools.js';
import { findTool, type Tool } from './tools/tool.js';

const checks: readonly (readonly [Tool, readonly string[]])[] = [
  [actionlint, []],
  [zizmor, ['--offline', '--quiet', '.']],
];

for (const [tool, args] of checks) {
  const found = await findTool(tool);
  if ('missing' in found) {
    console.log(`skipped: ${tool.name} ${tool.version} could not be installed (${found.missing})`);
    continue;
  }
  const { status } = spawnSync(found.path, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  console.log(`${tool.name} ${tool.version}: ${status === 0 ? 'nothing found' : `failed (exit code ${status})`}`);
  if (status !== 0) {
    process.exitCode = 1;
  }
}
