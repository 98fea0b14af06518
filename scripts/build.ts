import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ncc from '@vercel/ncc';
import { transform } from 'esbuild';

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

rmSync(join(root, 'build/src'), { recursive: true, force: true });
rmSync(join(root, 'dist'), { recursive: true, force: true });
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
// The bundler takes its module system from the nearest package.json. As CommonJS a door starts about a third faster: an
// ES module that imports `node:http` makes Node load its whole fetch client, whether or not anybody asks for it.
write(join(root, 'build/src/package.json'), '{}\n');
write(join(root, 'dist/package.json'), '{ "type": "commonjs" }\n');
for (const door of doors) {
  const { code, assets } = await ncc(join(root, 'build/src', `${door}.js`), {
    minify: true,
    quiet: true,
    externals: unused,
  });
  write(join(root, 'dist', door, 'index.js'), code);
  for (const [name, { source }] of Object.entries(assets)) {
    // The bundler minifies a door only, not what the door loads later; and Node reads a small file faster.
    const text = name.endsWith('.js') ? (await transform(String(source), { minify: true })).code : source;
    write(join(root, 'dist', door, name), text);
  }
}

function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
