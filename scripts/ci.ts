import { checkSteps } from './check-steps.js';
import { findNode24 } from './node24.js';
import { program, runSteps, type Step, tests } from './step.js';

const tsx = 'node_modules/tsx/dist/cli.mjs';

const { passed, failed } = await runSteps([
  ...checkSteps(),
  program('demo', tsx, 'demo/demo.ts'),
  program('workflows', tsx, 'scripts/lint-workflows.ts'),
  await onNode24(),
  tests('act', ['--config', 'vitest.act.config.ts']),
  tests('clients', ['--config', 'vitest.clients.config.ts']),
]);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** The built action once more, on the Node that GitHub's runner brings. */
async function onNode24(): Promise<Step> {
  const found = await findNode24();
  if ('path' in found) return tests('action on Node 24', ['test/action'], { ACTION_NODE: found.path });
  return {
    name: 'action on Node 24',
    async run() {
      console.log(`skipped: Node 24 cannot be had (${found.missing})`);
      return { passed: 0, failed: 0 };
    },
  };
}
