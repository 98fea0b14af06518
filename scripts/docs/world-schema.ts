import { worldRule } from '../../emulator/world/world-rule.js';

/** The schema of the emulator's world files, generated from the rules that the emulator checks worlds with. */
export function worldSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'world',
    description: 'A world of the emulator: AWS accounts with their roles, and the job whose ID tokens it signs.',
    ...worldRule.schema,
  };
}
