import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';
import { licenseTexts } from './license-texts.js';

const root = join(import.meta.dirname, '..');

/**
 * `@actions/core` loads a whole HTTP client for `getIDToken`, and a process runner for `platform`; this action calls
 * neither, and together they are most of its start-up time. A module that Node has loaded anyway takes their place.
 */
const withoutUnused: Plugin = {
  name: 'without-unused',
  resolveId: (id, importer) =>
    /^@actions\/(http-client|exec)/.test(id) || (id === 'node:zlib' && /checksum/.test(importer ?? ''))
      ? { id: 'node:os', external: true }
      : null,
};

/** An `import()` of a built-in module loads every export of it, and `node:http` has the whole fetch client among them. */
const requireBuiltIns: Plugin = {
  name: 'require-built-ins',
  renderChunk: (code) =>
    code.replaceAll(/\bimport\((["'`])(node:[\w/]+)\1\)/g, 'Promise.resolve().then(() => require("$2"))'),
};

/** Built-in modules that are there when the first file runs, or as good as there. */
const atHand = new Set(
  ['events', 'fs', 'os', 'path', 'process', 'timers', 'url', 'util'].map((name) => `node:${name}`),
);

/** Any other built-in module takes up to five milliseconds, so it is loaded at its first use and not at its import. */
const lateBuiltIns: Plugin = {
  name: 'late-built-ins',
  renderChunk: (code) =>
    [...code.matchAll(/^let (node_\w+) = require\("(node:[\w/]+)"\);\n(?:\1 = (.*)\(\1(.*)\);\n)?/gm)]
      .filter(([, , id = '']) => !atHand.has(id))
      .reduce(loadedLate, code),
};

function loadedLate(code: string, [lines, name = '', id, interop = '', mode = '']: RegExpExecArray): string {
  const used = code.replace(lines, '').replaceAll(new RegExp(`\\b${name}\\.`, 'g'), `(load_${name}()).`);
  if (new RegExp(`\\b${name}\\b`).test(used)) {
    throw new Error(`${id} is not only read by its members, so it cannot be loaded late.`);
  }
  const module = `require("${id}")`;
  const loaded = interop === '' ? module : `${interop}(${module}${mode})`;
  return `var loaded_${name};\nvar load_${name} = () => loaded_${name} ??= ${loaded};\n${used}`;
}

/** The modules that a plain walk loads; what only some base identities need is in chunks of its own. */
const walked = new Set<string>();
const findWalked: Plugin = {
  name: 'find-walked',
  buildEnd() {
    const visit = (id: string): void => {
      if (!walked.has(id)) {
        walked.add(id);
        this.getModuleInfo(id)?.importedIds.forEach(visit);
      }
    };
    for (const file of ['src/main.ts', 'src/aws/sts.ts', 'src/aws/walk.ts']) {
      visit(join(root, file));
    }
  },
};

const awsPackages = /node_modules[\\/]@(aws-sdk|smithy|aws)[\\/]/;

// As CommonJS the action starts about a third faster than as ES modules.
const bundle = await rolldown({
  cwd: root,
  input: { main: 'src/main.ts', post: 'src/post.ts', 'credential-process': 'src/credential-process.ts' },
  platform: 'node',
  transform: { target: 'node20' },
  // The ES form of a package can be shaken: of the AWS SDK less than half is left.
  resolve: { mainFields: ['module', 'main'], conditionNames: ['import', 'module', 'node', 'default'] },
  preserveEntrySignatures: false,
  plugins: [withoutUnused, findWalked, requireBuiltIns, lateBuiltIns],
});
const { output } = await bundle.generate({
  format: 'cjs',
  exports: 'named',
  minify: true,
  // V8 checks every use of a constant of an outer scope.
  topLevelVar: true,
  entryFileNames: '[name]/index.js',
  chunkFileNames: '[name].js',
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [
      { name: 'aws-sdk', test: (id) => awsPackages.test(id) && walked.has(id), priority: 3 },
      { name: 'machine-credentials', test: /credential-provider-(imds|http)[\\/]/, priority: 2 },
      { name: 'aws-profiles', test: awsPackages, priority: 1 },
      { name: 'actions-core', test: /node_modules[\\/]@actions[\\/]core[\\/]/ },
    ],
  },
});
rmSync(join(root, 'dist'), { recursive: true, force: true });
for (const file of output) {
  write(file.fileName, file.type === 'chunk' ? file.code : file.source);
}
write('package.json', '{ "type": "commonjs" }\n');
write('licenses.txt', licenseTexts(output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))));

function write(path: string, content: string | Uint8Array): void {
  const file = join(root, 'dist', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
