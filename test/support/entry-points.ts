import { join } from 'node:path';
import type { StepResult } from '../../runner/step-result.js';
import { root } from '../../scripts/root.js';
import type { Stage } from './stage.js';

/** The Node that runs `dist/`: the one that ACTION_NODE names, else this one. */
export const actionNode = process.env.ACTION_NODE || process.execPath;

/** The file that runs the main step. */
export const mainFile = join(root, 'dist/main/index.js');
/** The file that runs the post step. */
export const postFile = join(root, 'dist/post/index.js');
/** The file that a renewing profile runs. */
export const credentialProcessFile = join(root, 'dist/credential-process/index.js');

/** Runs post with a state that another program saved. */
export function postWith(
  { job }: Stage,
  state: string,
  env: Readonly<Record<string, string>> = {},
): Promise<StepResult> {
  return job.run({ command: actionNode, args: [postFile] }, { env: { 'STATE_clean-up': state, ...env } });
}
