import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';
import { bundleOptions, withoutUnused } from './bundle/bundle-options.js';
import { chunks } from './bundle/chunks.js';
import { licenseTexts } from './bundle/license-texts.js';
import { findLoaded } from './bundle/loaded-modules.js';
import { renderPlugins } from './bundle/render-plugins.js';
import { root } from './root.js';

// CommonJS starts about a third faster than ES modules; see docs/decisions.md.
const bundle = await rolldown({
  ...bundleOptions,
  input: { main: 'src/main.ts', post: 'src/post.ts', 'credential-process': 'src/credential-process.ts' },
  plugins: [withoutUnused, findLoaded, ...renderPlugins],
});
const { output } = await bundle.generate({
  format: 'cjs',
  exports: 'named',
  minify: true,
  // `var` instead of `let` and `const` at the top level: V8 checks each use of those for initialization.
  topLevelVar: true,
  entryFileNames: '[name]/index.js',
  chunkFileNames: '[name].js',
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: chunks.map((chunk, index) => ({ ...chunk, priority: chunks.length - index })),
  },
});
const misplaced = output.filter(
  (file) => file.type === 'chunk' && file.imports.some((path) => path.endsWith('/index.js')),
);
if (misplaced.length > 0) {
  throw new Error(`An entry point would be loaded by ${misplaced.map(({ fileName }) => fileName).join(', ')}.`);
}
rmSync(join(root, 'dist'), { recursive: true, force: true });
for (const file of output) {
  write(file.fileName, file.type === 'chunk' ? inAscii(file.code) : file.source);
}
write('package.json', '{ "type": "commonjs" }\n');
write('licenses.txt', licenseTexts(output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))));

/** V8 reads ASCII faster. Other characters occur in strings and regular expressions only. */
function inAscii(code: string): string {
  return code.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function write(path: string, content: string | Uint8Array): void {
  const file = join(root, 'dist', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
