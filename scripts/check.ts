import { checkSteps } from './checks/check-steps.js';
import { runSteps } from './checks/step.js';

const { failed } = await runSteps(checkSteps());
process.exitCode = failed === 0 ? 0 : 1;
