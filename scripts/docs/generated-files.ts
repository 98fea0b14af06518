import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.js';
import { failuresPage } from './failures-page.js';
import { jsonText } from './json-text.js';
import { readmeWithTables } from './readme-tables.js';
import { roleChainFileSchema } from './role-chain-file-schema.js';
import { contributingWithRooms } from './room-table.js';
import { worldSchema } from './world-schema.js';

const textOf = (path: string) => readFileSync(join(root, path), 'utf8');

/** The paths of the schemas that editors load. */
export const schemaPaths = {
  roleChainFile: 'docs/role-chain-file.schema.json',
  world: 'docs/emulator-world.schema.json',
} as const;

/** Every file with generated text: its path, and the text that it must have. */
export const generatedFiles: Readonly<Record<string, () => string>> = {
  'README.md': () => readmeWithTables(textOf('README.md'), textOf('action.yml')),
  'CONTRIBUTING.md': () => contributingWithRooms(textOf('CONTRIBUTING.md')),
  'docs/failures.md': failuresPage,
  [schemaPaths.roleChainFile]: () => jsonText(roleChainFileSchema()),
  [schemaPaths.world]: () => jsonText(worldSchema()),
};
