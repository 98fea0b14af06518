import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../scripts/root.js';

const packages = {
  '@actions/core': '@actions/core',
  SDK: '@aws-sdk/client-sts',
  smithy: '@smithy/node-http-handler',
  yaml: 'js-yaml',
  threads: 'node:worker_threads',
  files: 'node:fs',
  http: 'node:http',
  hashes: 'node:crypto',
  processes: 'node:child_process',
} as const;

type Package = keyof typeof packages;

/** The packages that each room may load; all others are rejected. */
const loads: Readonly<Record<string, readonly Package[]>> = {
  'src/domain/identifiers/probe.ts': ['hashes'],
  'src/domain/input/yaml-events.ts': ['yaml'],
  'src/github/probe.ts': ['@actions/core', 'files', 'hashes'],
  'src/aws/probe.ts': ['SDK', 'smithy', 'http'],
  'src/net/probe.ts': ['http'],
  'src/process/probe.ts': ['files', 'processes', 'threads'],
  'src/disk/probe.ts': ['files', 'hashes'],
  'src/steps/probe.ts': ['hashes'],
};

/** Every syntax of an import, each on its own line. */
const forms: Readonly<Record<string, (name: string) => string>> = {
  import: (name) => `import { x } from '${name}';`,
  type: (name) => `import type { X } from '${name}';`,
  dynamic: (name) => `export const x = () => import('${name}');`,
  export: (name) => `export { x } from '${name}';`,
};

const probes = Object.entries(packages).flatMap(([name, specifier]) =>
  Object.entries(forms).map(([form, write]) => ({ name, form, line: write(specifier) })),
);

/** Lines that the linter must reject, by file. */
const strays: Readonly<Record<string, string>> = {
  'emulator/wire/sdk.ts': "import '@aws-sdk/client-sts';",
  'runner/actions.ts': "import '@actions/core';",
  'src/domain/identifiers/env.ts': 'export const x = process.env;',
  'src/aws/env.ts': 'export const x = process.env;',
  'src/steps/console.ts': "console.log('x');",
};

describe('the linter', () => {
  let folder = '';
  let refused: ReadonlySet<string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'imports-'));
    const text = probes.map(({ line }) => line).join('\n');
    const planted = { ...Object.fromEntries(Object.keys(loads).map((file) => [file, text])), ...strays };
    for (const [file, content] of Object.entries(planted)) {
      await mkdir(join(folder, dirname(file)), { recursive: true });
      await writeFile(join(folder, file), `${content}\n`);
    }
    await cp(join(root, 'biome.jsonc'), join(folder, 'biome.jsonc'));
    refused = new Set(await refusedLines(folder));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(Object.entries(loads))('lets %s load %j and no other package, in any form', (file, allowed) => {
    const open = probes.filter((_, index) => !refused.has(`${file}:${index + 1}`));
    const wanted = allowed.flatMap((name) => Object.keys(forms).map((form) => `${name} by ${form}`));
    expect(open.map(({ name, form }) => `${name} by ${form}`).sort()).toEqual(wanted.sort());
  });

  it.each(Object.entries(strays))('rejects in %s: %s', (file) => {
    expect(refused.has(`${file}:1`)).toBe(true);
  });
});

/** The lines of a folder's files, as `file:line`, that Biome rejects for an import. */
function refusedLines(folder: string): Promise<readonly string[]> {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const only = ['style/noRestrictedImports', 'style/noProcessEnv', 'suspicious/noConsole'].map(
    (rule) => `--only=${rule}`,
  );
  const given = [biome, 'lint', ...only, '--reporter=json', '--max-diagnostics=none', '.'];
  return new Promise((resolve) => {
    execFile(process.execPath, given, { cwd: folder, maxBuffer: 1e8 }, (_, stdout) => {
      const { diagnostics } = JSON.parse(stdout) as {
        diagnostics: { location: { path: string; start: { line: number } } }[];
      };
      resolve(diagnostics.map(({ location: { path, start } }) => `${path.replaceAll('\\', '/')}:${start.line}`));
    });
  });
}
