import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles } from './docs/generated-files.js';
import { root } from './root.js';

for (const [path, text] of Object.entries(generatedFiles)) {
  writeFileSync(join(root, path), text());
}
