import { join } from 'node:path';
import type { InputOptions, Plugin } from 'rolldown';
import { root } from '../root.js';

/** The path of a module of src/. */
export function sourceFile(name: string): string {
  return join(root, 'src', `${name}.ts`);
}

const entryPoints = ['main', 'post', 'credential-process'].map(sourceFile);

/** Whether a module is an entry point. */
export function isEntryPoint(id: string): boolean {
  return entryPoints.includes(id);
}

/**
 * Replaces modules that this action never calls by one that Node has loaded anyway: in `@actions/core` the HTTP client
 * of `getIDToken` and the process runner of `platform`, in the SDK a faster checksum and the STS client's credential
 * lookup.
 */
export const withoutUnused: Plugin = {
  name: 'without-unused',
  resolveId: (id, importer = '') =>
    /^@actions\/(http-client|exec)/.test(id) ||
    (id === 'node:zlib' && /checksum/.test(importer)) ||
    (id === '@aws-sdk/credential-provider-node' && /client-sts/.test(importer))
      ? { id: 'node:os', external: true }
      : null,
};

/** The options of every bundle. */
export const bundleOptions: InputOptions = {
  cwd: root,
  platform: 'node',
  // A reference to ReadableStream makes Node load web streams, which this action does not use.
  transform: { target: 'node20', define: { ReadableStream: 'undefined' } },
  // The bundler can drop unused code only from ES modules: less than half of the AWS SDK is left.
  resolve: { mainFields: ['module', 'main'], conditionNames: ['import', 'module', 'node', 'default'] },
  preserveEntrySignatures: false,
  // Only the entry points have side effects at import, so every unused module can go.
  treeshake: { moduleSideEffects: isEntryPoint },
};
