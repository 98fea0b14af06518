import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ncc from '@vercel/ncc';
import { build, transform } from 'esbuild';

const root = join(import.meta.dirname, '..');
const doors = ['main', 'post', 'credential-process'] as const;

/**
 * `@actions/core` loads a whole HTTP client for `getIDToken`, and a process runner for `platform`; this action calls
 * neither, and together they are most of its start-up time. A module that Node has loaded anyway stands in their place.
 */
const unused = {
  '@actions/http-client': 'node:os',
  '@actions/http-client/lib/auth': 'node:os',
  '@actions/exec': 'node:os',
};

for (const folder of ['build/src', 'build/shaken', 'dist']) {
  rmSync(join(root, folder), { recursive: true, force: true });
}
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
// The bundler takes the CommonJS form of a package, which it can only take whole. Of the ES form a door gets what it
// uses: of the AWS SDK that is less than half.
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: doors.map((door) => `build/src/${door}.js`),
  outdir: 'build/shaken',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  write: false,
  external: Object.keys(unused),
});
for (const { text, path } of outputFiles) {
  if (text.includes('__require(')) {
    throw new Error(`${path} takes a package that has no ES form: leave it out of this bundle (external).`);
  }
  write(path, text);
}
// The bundler takes its module system from the nearest package.json. As CommonJS a door starts about a third faster: an
// ES module that imports `node:http` makes Node load its whole fetch client, whether or not anybody asks for it.
write(join(root, 'build/shaken/package.json'), '{}\n');
write(join(root, 'dist/package.json'), '{ "type": "commonjs" }\n');
for (const door of doors) {
  const { code, assets } = await ncc(join(root, 'build/shaken', `${door}.js`), {
    minify: false,
    quiet: true,
    externals: unused,
  });
  const files = {
    'index.js': code,
    ...Object.fromEntries(Object.entries(assets).map(([name, { source }]) => [name, source])),
  };
  for (const [name, source] of Object.entries(files)) {
    write(join(root, 'dist', door, name), name.endsWith('.js') ? await minified(String(source)) : source);
  }
}

/**
 * The bundler's own minifier drops the parentheses that tell V8 which functions run at once, and V8 then reads each
 * module twice.
 */
async function minified(code: string): Promise<string> {
  return (await transform(code, { minify: true })).code;
}

function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
