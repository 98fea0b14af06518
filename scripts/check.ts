import { checkSteps } from './check-steps.js';
import { runSteps } from './step.js';

const { failed } = await runSteps(checkSteps());
process.exitCode = failed === 0 ? 0 : 1;
