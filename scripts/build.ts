import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { type InputOptions, type Plugin, rolldown } from 'rolldown';
import { licenseTexts } from './license-texts.js';
import { root } from './root.js';

/**
 * Replaces modules that this action never calls by one that Node has loaded anyway: in `@actions/core` the HTTP client
 * of `getIDToken` and the process runner of `platform`, in the SDK a faster checksum and the STS client's credential
 * lookup.
 */
const withoutUnused: Plugin = {
  name: 'without-unused',
  resolveId: (id, importer = '') =>
    /^@actions\/(http-client|exec)/.test(id) ||
    (id === 'node:zlib' && /checksum/.test(importer)) ||
    (id === '@aws-sdk/credential-provider-node' && /client-sts/.test(importer))
      ? { id: 'node:os', external: true }
      : null,
};

/** `import()` of a built-in module loads all its exports; for `node:http` these include the whole fetch client. */
const requireBuiltIns: Plugin = {
  name: 'require-built-ins',
  renderChunk: (code) =>
    code.replaceAll(/\bimport\((["'`])(node:[\w/]+)\1\)/g, 'Promise.resolve().then(() => require("$2"))'),
};

/** Built-in modules that Node has loaded before the first file runs, or loads in almost no time. */
const quickBuiltIns = new Set(
  ['events', 'fs', 'os', 'path', 'process', 'timers', 'url', 'util'].map((name) => `node:${name}`),
);

/** A built-in module that is used only by its properties needs no wrapper, so the wrapper's file is not loaded. */
const plainBuiltIns: Plugin = {
  name: 'plain-built-ins',
  renderChunk(code) {
    const plain = [...code.matchAll(/^(let (\w+) = require\("[\w:/]+"\);\n)\2 = \w+\.__toESM\(\2, 1\);\n/gm)].reduce(
      (text, [lines, line = '', name]) =>
        new RegExp(`(?<![\\w.:"])${name}(?!\\w|\\.(?!default\\b))`).test(text.replace(lines, ''))
          ? text
          : text.replace(lines, line),
      code,
    );
    const runtime = /^const (require_rolldown_runtime) = .*\n/m.exec(plain);
    return runtime && plain.split('require_rolldown_runtime').length === 2 ? plain.replace(runtime[0], '') : plain;
  },
};

/**
 * Any other built-in module takes up to five milliseconds to load, so it is loaded at its first use instead of at
 * import.
 */
const lateBuiltIns: Plugin = {
  name: 'late-built-ins',
  renderChunk: (code) =>
    [...code.matchAll(/^let (node_\w+) = require\("(node:[\w/]+)"\);\n(?:\1 = (.*)\(\1(.*)\);\n)?/gm)]
      .filter(([, , id = '']) => !quickBuiltIns.has(id))
      .reduce(loadedLate, code),
};

/** Rarely used files, and those for the end of a step, are also loaded at their first use. */
const lateFiles: Plugin = {
  name: 'late-files',
  renderChunk: (code) =>
    [...code.matchAll(/^const (require_\w+) = require\("(\.{1,2}\/[\w-]+\.js)"\);\n/gm)]
      .filter(([, , path = '']) => [...rare.map(({ name }) => name), 'refresh-reader'].includes(basename(path, '.js')))
      .reduce(loadedLate, code),
};

function loadedLate(code: string, [lines, name = '', id, interop = '', mode = '']: RegExpExecArray): string {
  const used = code.replace(lines, '').replaceAll(new RegExp(`\\b${name}\\.`, 'g'), `(load_${name}()).`);
  if (new RegExp(`\\b${name}\\b`).test(used)) {
    throw new Error(`${id} is used other than by its properties, so it cannot be loaded at first use.`);
  }
  const module = `require("${id}")`;
  const loaded = interop === '' ? module : `${interop}(${module}${mode})`;
  return `var loaded_${name};\nvar load_${name} = () => loaded_${name} ??= ${loaded};\n${used}`;
}

/** Turns exports that never change from getters into plain properties, which are faster to read and a fifth as long. */
const plainExports: Plugin = {
  name: 'plain-exports',
  renderChunk: (code) =>
    code.replaceAll(
      /^Object\.defineProperty\(exports, "(\w+)", \{\s+enumerable: true,\s+get: function \(\) \{\s+return ([\w$]+);\s+\}\s+\}\);$/gm,
      (getter, name, local) => (isReassigned(code, local) ? getter : `exports.${name} = ${local};`),
    ),
};

/** Whether a variable may be assigned to more than once. */
function isReassigned(code: string, variable: string): boolean {
  const name = variable.replaceAll('$', '\\$');
  const assignment = new RegExp(
    `(?<![\\w$.])${name}\\s*(?:\\+\\+|--|[^\\s\\w=<>!(),.;:?[\\]{}'"\`$]*(?:\\?\\?)?=(?![=>]))`,
    'g',
  );
  return [...code.matchAll(assignment)].length > 1;
}

/** For every entry point and every module loaded by `import()`: the modules that load with it. */
const loadedBy = new Map<string, ReadonlySet<string>>();
/** The modules that the rare files need. They stay out of the entry points: any of them may load a rare file. */
let usedByRare: ReadonlySet<string> = new Set();
const findLoaded: Plugin = {
  name: 'find-loaded',
  buildEnd() {
    for (const id of this.getModuleIds()) {
      const { isEntry, dynamicImporters = [] } = this.getModuleInfo(id) ?? {};
      if (isEntry || dynamicImporters.length > 0) {
        loadedBy.set(
          id,
          closure([id], (one) => this.getModuleInfo(one)?.importedIds ?? []),
        );
      }
    }
    const late = [...this.getModuleIds()].filter((id) => rare.some(({ test }) => test(id)));
    usedByRare = closure(late, (id) => this.getModuleInfo(id)?.importedIds ?? []);
  },
};

function closure(start: readonly string[], next: (id: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set(start);
  for (const id of found) {
    for (const one of next(id)) {
      found.add(one);
    }
  }
  return found;
}

const fileOf = (name: string) => join(root, 'src', `${name}.ts`);
const entries = ['main', 'post', 'credential-process'].map(fileOf);
const isEntry = (id: string) => entries.includes(id);
const loads = (name: string, id: string) => loadedBy.get(fileOf(name))?.has(id) === true;
const isWalk = (id: string) => ['aws/sts', 'aws/walk', 'aws/rehearse'].some((name) => loads(name, id));
const isShared = (id: string) => !isEntry(id) && [...loadedBy.values()].filter((ids) => ids.has(id)).length > 1;

/** The modules that run after a walk; they load together. */
const afterWalk = ['handover/hand-over', 'main/conclude', 'main/rehearse-conclusion', 'main/summarize'];

const awsPackages = /node_modules[\\/]@(aws-sdk|smithy|aws)[\\/]/;

interface Chunk {
  readonly name: string;
  readonly test: (id: string) => boolean;
}

/**
 * Modules that a hop from an ID token runs only if something is declared or wrong: their files load at the first use.
 */
const rare: readonly Chunk[] = [
  {
    name: 'declared',
    test: isOneOf([
      'declared/(resolve-profile|profile-source|parse-(role-chain|targets?)|ini-profiles|select-targets|glob|matrix-values)',
      'declared/(refuse-secrets|unknown-words)',
      'iam/role-mistake',
      'input/(compose-yaml|yaml-mistake|json|json-mistake|list|limits|nearest|position)',
      'request/check-matrix',
    ]),
  },
  {
    name: 'machine',
    test: isOneOf([
      'base/(damaged-keys|(dry-run|machine|missing)-base|machine-region|profile-\\w+|provider|tools/[\\w-]+)',
    ]),
  },
  {
    name: 'profile-files',
    test: isOneOf([
      '../disk/(lock|profiles)/[\\w-]+',
      '../disk/files/(mount-point|private-folder|write-in-place)',
      'shared-config/(file-parts|render-section|shared-file|undo-sections|write-sections)',
    ]),
  },
];

function isOneOf(modules: readonly string[]): Chunk['test'] {
  const pattern = new RegExp(`src/(${modules.map((path) => posix.join('domain', path)).join('|')})\\.ts$`);
  return (id) => pattern.test(id.replaceAll('\\', '/'));
}

/**
 * Modules that always load together share one file, because each file takes 0.2 ms to open. The first matching row
 * wins.
 */
const chunks: readonly Chunk[] = [
  ...rare,
  { name: 'aws-sdk', test: (id) => awsPackages.test(id) && usedInWalk.has(id) },
  { name: 'machine-credentials', test: (id) => /credential-provider-(imds|http)[\\/]/.test(id) },
  { name: 'aws-profiles', test: (id) => awsPackages.test(id) },
  { name: 'refresh-reader', test: (id) => isShared(id) && loads('credential-process', id) },
  { name: 'report', test: (id) => isShared(id) && loads('main', id) && loads('post', id) },
  { name: 'clean-up', test: (id) => isShared(id) && loads('post', id) },
  {
    name: 'chain',
    test: (id) => (isShared(id) && (loads('main', id) || /domain[\\/]chain[\\/]/.test(id))) || usedByRare.has(id),
  },
  { name: 'walk', test: (id) => isWalk(id) && !loads('main', id) },
  {
    name: 'summary',
    test: (id) => isShared(id) && loads('steps/main/summarize', id) && loads('steps/main/report-plan', id),
  },
  {
    name: 'conclude',
    test: (id) => afterWalk.some((name) => loads(`steps/${name}`, id)) && !loads('steps/renewal/renew-session', id),
  },
];

const options: InputOptions = {
  cwd: root,
  platform: 'node',
  // A reference to ReadableStream makes Node load web streams, which this action does not use.
  transform: { target: 'node20', define: { ReadableStream: 'undefined' } },
  // The bundler can drop unused code only from ES modules: less than half of the AWS SDK is left.
  resolve: { mainFields: ['module', 'main'], conditionNames: ['import', 'module', 'node', 'default'] },
  preserveEntrySignatures: false,
  // Only the entry points have side effects at import, so every unused module can go.
  treeshake: { moduleSideEffects: isEntry },
};

/** Treats modules loaded by `import()` as external. */
const withoutLate: Plugin = {
  name: 'without-late',
  resolveDynamicImport: (id) => ({ id: String(id), external: true }),
};

const usedInWalk = await modulesInWalk();

/** The modules that a walk with an ID token uses. The AWS SDK imports many more, for other credential providers. */
async function modulesInWalk(): Promise<ReadonlySet<string>> {
  const input = ['src/aws/sts.ts', 'src/aws/walk.ts'];
  const plugins = [withoutUnused, withoutLate];
  const walk = await rolldown({ ...options, input, plugins, preserveEntrySignatures: 'strict' });
  const { output } = await walk.generate({ format: 'cjs' });
  const modules = output.flatMap((file) => (file.type === 'chunk' ? Object.entries(file.modules) : []));
  return new Set(modules.filter(([, { renderedLength }]) => renderedLength > 0).map(([id]) => id));
}

// CommonJS starts about a third faster than ES modules; see docs/decisions.md.
const bundle = await rolldown({
  ...options,
  input: { main: 'src/main.ts', post: 'src/post.ts', 'credential-process': 'src/credential-process.ts' },
  plugins: [withoutUnused, findLoaded, requireBuiltIns, plainBuiltIns, lateBuiltIns, lateFiles, plainExports],
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
