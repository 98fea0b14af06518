import { checkSteps } from './checks/check-steps.js';
import { runSteps, type Step, script } from './checks/step.js';
import { testStep } from './checks/test-step.js';
import { findNode24 } from './tools/npm-tools.js';

const { passed, failed } = await runSteps([
  ...checkSteps(),
  script('demo', ['run', 'demo']),
  script('workflows', ['run', 'lint:workflows']),
  await onNode24(),
  testStep('act', ['run', 'test:act']),
  testStep('clients', ['run', 'test:clients']),
]);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Tests the built action again on Node 24, which GitHub's runner uses. */
async function onNode24(): Promise<Step> {
  const found = await findNode24();
  if ('path' in found) {
    return testStep('action on Node 24', ['test'], {
      files: ['test/action'],
      environment: { ACTION_NODE: found.path },
    });
  }
  return {
    name: 'action on Node 24',
    async run() {
      console.log(`skipped: Node 24 could not be installed (${found.missing})`);
      return { passed: 0, failed: 0 };
    },
  };
}
