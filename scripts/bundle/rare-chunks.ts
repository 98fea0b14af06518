import { posix } from 'node:path';

/** A file of dist/, and the modules in it. */
export interface Chunk {
  readonly name: string;
  readonly test: (id: string) => boolean;
}

/** Modules that a hop from an ID token rarely needs: their files load at the first use. */
export const rareChunks: readonly Chunk[] = [
  {
    name: 'declared',
    test: isOneOf([
      'declared/(resolve-profile|follow-source-profiles|parse-(role-chain|targets?)|ini-profiles|select-targets|glob|matrix-values)',
      'declared/(refuse-secrets|unknown-keys)',
      'identifiers/not-a-role',
      'input/(compose-yaml|yaml-mistake|json|json-mistake|list|limits|nearest|position)',
      'request/check-matrix',
    ]),
  },
  {
    name: 'machine',
    test: isOneOf([
      'base-identity/(damaged-keys|(dry-run|machine|missing)-base|machine-region|profile-\\w+|provider|provider-chaining|aws-tools/[\\w-]+)',
    ]),
  },
  {
    name: 'profile-files',
    test: isOneOf([
      '../disk/(lock|profiles)/[\\w-]+',
      '../disk/files/(mount-point|private-folder|write-in-place)',
      'shared-config/(section-text|render-section|shared-file|undo-sections|write-sections)',
    ]),
  },
];

function isOneOf(modules: readonly string[]): Chunk['test'] {
  const pattern = new RegExp(`src/(${modules.map((path) => posix.join('domain', path)).join('|')})\\.ts$`);
  return (id) => pattern.test(id.replaceAll('\\', '/'));
}
