import { basename } from 'node:path';
import type { Plugin } from 'rolldown';
import { rareChunks } from './rare-chunks.js';

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

/** Any other built-in module takes up to five milliseconds to load, so it is loaded at its first use. */
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
      .filter(([, , path = '']) =>
        [...rareChunks.map(({ name }) => name), 'refresh-reader'].includes(basename(path, '.js')),
      )
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

/** The plugins that change the code of the chunks so that it loads faster, in order. */
export const renderPlugins: readonly Plugin[] = [requireBuiltIns, plainBuiltIns, lateBuiltIns, lateFiles, plainExports];
