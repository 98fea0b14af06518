import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { notesOf } from './changelog.js';

const root = join(import.meta.dirname, '..');
const [tag = ''] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
if (tag !== `v${version}`) {
  throw new Error(`The tag is '${tag}', but package.json says ${version}.`);
}
console.log(notesOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version));
