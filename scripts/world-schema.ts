import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { worldRule } from '../emulator/world/world-rule.js';

/** The schema of the emulator's world files, for editors. */
export const worldSchemaFile = join(import.meta.dirname, '..', 'docs', 'emulator-world.schema.json');

/** The schema, generated from the rules that the emulator checks worlds with. */
export function worldSchema(): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'world',
    description: 'A world of the emulator: AWS accounts with their roles, and the job whose ID tokens it signs.',
    ...worldRule.schema,
  };
  // The formatter puts short lists of strings on one line.
  const text = JSON.stringify(schema, undefined, 2);
  return `${text.replace(/\[\s+("[^"]*"(?:,\s+"[^"]*")*)\s+\]/g, (_, items: string) => `[${items.replace(/\s+/g, ' ')}]`)}\n`;
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(worldSchemaFile, worldSchema());
}
