import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changelogSection } from './changelog-section.js';
import { root } from './root.js';

const [tag = ''] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
if (tag !== `v${version}`) {
  throw new Error(`The tag is '${tag}', but package.json says ${version}.`);
}
console.log(changelogSection(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version));
