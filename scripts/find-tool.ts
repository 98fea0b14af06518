import { act, actionlint, giteaRunner } from './tools/go-tools.js';
import { findNode24 } from './tools/npm-tools.js';
import { zizmor } from './tools/pip-tools.js';
import { type FoundTool, findTool } from './tools/tool.js';

const finders: Readonly<Record<string, () => Promise<FoundTool>>> = {
  act: () => findTool(act),
  actionlint: () => findTool(actionlint),
  'gitea-runner': () => findTool(giteaRunner),
  node24: findNode24,
  zizmor: () => findTool(zizmor),
};

const [name = ''] = process.argv.slice(2);
const find = finders[name];
if (find === undefined) {
  console.error(`usage: tsx scripts/find-tool.ts ${Object.keys(finders).join('|')}`);
  process.exit(2);
}

// Prints only the path to stdout, for use in a shell. Without the tool it prints the reason to stderr and exits with 0.
const found = await find();
if ('path' in found) {
  console.log(found.path);
} else {
  console.error(`skipped: ${name} could not be installed (${found.missing})`);
}
