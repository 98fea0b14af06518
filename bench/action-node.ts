import { findNode24 } from '../scripts/tools/npm-tools.js';

const node24 = await findNode24();

/** The Node that runs the action: Node 24, as on GitHub's runner, when it can be installed; else this process's own. */
export const actionNode = process.env.ACTION_NODE ?? ('path' in node24 ? node24.path : process.execPath);
