import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InputName, inputNames, type RawInputs } from '../src/domain/input-names.js';
import { readRequest } from '../src/domain/request.js';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: Readonly<Record<string, string>>;
}

const root = join(import.meta.dirname, '..');
const action = load(readFileSync(join(root, 'action.yml'), 'utf8'), { schema: FAILSAFE_SCHEMA }) as Action;

describe('action.yml', () => {
  it('has the inputs that the code reads, in their order', () => {
    expect(Object.keys(action.inputs)).toEqual([...inputNames]);
  });

  it('describes each of them and each output in whole sentences', () => {
    for (const { description } of [...Object.values(action.inputs), ...Object.values(action.outputs)]) {
      expect(description).toMatch(/^[A-Z].*\.$/s);
    }
  });

  it('runs on Node 24, from files that are there', () => {
    expect(action.runs.using).toBe('node24');
    for (const stage of ['main', 'post']) {
      expect(existsSync(join(root, action.runs[stage] ?? 'none'))).toBe(true);
    }
  });

  const defaults = Object.entries(action.inputs).flatMap(([name, { default: value }]) =>
    value === undefined ? [] : [[name as InputName, value] as const],
  );

  it.each(defaults)('the default of %s, %j, is what the code does without it', (name, value) => {
    const read = (inputs: RawInputs) => {
      const keys = { 'aws-access-key-id': 'AKIAIOSFODNN7EXAMPLE', 'aws-secret-access-key': 'not-a-secret' };
      const chain = { 'role-chain': 'arn:aws:iam::111111111111:role/hub\ndeploy' };
      const request = readRequest({ inputs: { ...keys, ...chain, ...inputs }, environment: {}, machineProfiles: [] });
      return JSON.stringify(request);
    };
    expect(read({ [name]: value })).toBe(read({}));
  });

  it('all defaults together, too', () => {
    expect(defaults.length).toBeGreaterThan(10);
    const role = {
      'role-to-assume': 'arn:aws:iam::111111111111:role/hub',
      'aws-access-key-id': 'AKIAIOSFODNN7EXAMPLE',
    };
    const read = (inputs: RawInputs) =>
      JSON.stringify(
        readRequest({
          inputs: { ...role, 'aws-secret-access-key': 'not-a-secret', ...inputs },
          environment: { GITHUB_REPOSITORY: 'octo-org/octo-repo' },
          machineProfiles: [],
        }),
      );
    expect(read(Object.fromEntries(defaults))).toBe(read({}));
  });
});

const modules = {
  itself: './another.js',
  domain: '../domain/arn.js',
  github: '../github/apply.js',
  aws: '../aws/sts.js',
  net: '../net/agents.js',
  disk: '../disk/folder.js',
  steps: '../steps/assume.js',
  emulator: '../../emulator/server.js',
  'the long way round': '../domain/../net/agents.js',
  '@actions/core': '@actions/core',
  SDK: '@aws-sdk/client-sts',
  smithy: '@smithy/node-http-handler',
  yaml: 'js-yaml',
  proxies: 'https-proxy-agent',
  files: 'node:fs',
  http: 'node:http',
  processes: 'node:child_process',
} as const;

type Module = keyof typeof modules;

/** What each file may import; everything else is refused. */
const walls: Readonly<Record<string, readonly Module[]>> = {
  'src/domain/probe.ts': ['itself'],
  'src/domain/yaml.ts': ['itself', 'yaml'],
  'src/github/probe.ts': ['itself', 'domain', '@actions/core'],
  'src/aws/probe.ts': ['itself', 'domain', 'SDK', 'smithy', 'http'],
  'src/net/probe.ts': ['itself', 'domain', 'proxies', 'http'],
  'src/disk/probe.ts': ['itself', 'domain', 'files'],
  'src/steps/probe.ts': ['itself', 'domain', 'github', 'aws', 'net', 'disk'],
  'src/steps/refresh.ts': ['itself', 'domain', 'aws', 'net', 'disk'],
  'src/steps/walk-request.ts': ['itself', 'domain', 'aws', 'net', 'disk'],
};

/** Every way to import, each on a line of its own. */
const forms: Readonly<Record<string, (name: string) => string>> = {
  import: (name) => `import { x } from '${name}';`,
  type: (name) => `import type { X } from '${name}';`,
  dynamic: (name) => `export const x = () => import('${name}');`,
  export: (name) => `export { x } from '${name}';`,
};

const probes = Object.entries(modules).flatMap(([module, name]) =>
  Object.entries(forms).map(([form, write]) => ({ module, form, line: write(name) })),
);

/** One line that must be refused where it stands. */
const strays: Readonly<Record<string, string>> = {
  'emulator/own-code.ts': "import '../src/domain/arn.js';",
  'emulator/sdk.ts': "import '@aws-sdk/client-sts';",
  'runner/own-code.ts': "import '../src/github/inputs.js';",
  'runner/actions.ts': "import '@actions/core';",
  'src/post.ts': "import './aws/sts.js';",
  'src/main.ts': "import './disk/lock.js';",
  'src/credential-process.ts': "import './github/report.js';",
  'src/domain/env.ts': 'export const x = process.env;',
  'src/aws/env.ts': 'export const x = process.env;',
  'src/steps/console.ts': "console.log('x');",
};

describe('the walls of the house', () => {
  let folder = '';
  let refused: ReadonlySet<string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'walls-'));
    const lines = probes.map(({ line }) => line).join('\n');
    const files = { ...Object.fromEntries(Object.keys(walls).map((file) => [file, lines])), ...strays };
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), `${text}\n`);
    }
    await cp(join(root, 'biome.jsonc'), join(folder, 'biome.jsonc'));
    refused = new Set(await refusedLines(folder));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(Object.entries(walls))('%s may import %j and nothing else, in any form', (file, allowed) => {
    const open = probes.filter((_, index) => !refused.has(`${file}:${index + 1}`));
    const wanted = allowed.flatMap((module) => Object.keys(forms).map((form) => `${module} by ${form}`));
    expect(open.map(({ module, form }) => `${module} by ${form}`).sort()).toEqual(wanted.sort());
  });

  it.each(Object.entries(strays))('in %s nobody may write %s', (file) => {
    expect(refused.has(`${file}:1`)).toBe(true);
  });

  it('nothing behind the third door reaches @actions/core, which writes to stdout', () => {
    const reached = closure('src/credential-process.ts');
    expect(reached).toContain('src/steps/refresh.ts');
    expect(reached.filter((file) => file.startsWith('src/github/'))).toEqual([]);
  });

  it('no file of src is beyond all doors', () => {
    const reached = new Set(['main', 'post', 'credential-process'].flatMap((door) => closure(`src/${door}.ts`)));
    const names = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
    const all = names.filter((name) => name.endsWith('.ts')).map((name) => `src/${name.replaceAll('\\', '/')}`);
    expect(all.filter((file) => !reached.has(file))).toEqual([]);
  });
});

/** The lines of a folder's files, as `file:line`, in which Biome finds what the walls refuse. */
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

/** A file of src and everything it imports, by whatever form of import. */
function closure(file: string, seen: Set<string> = new Set()): readonly string[] {
  if (!seen.has(file)) {
    seen.add(file);
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, name = ''] of text.matchAll(/(?:from|import\()\s*(?:\/\*.*?\*\/\s*)?'(\.[^']+)\.js'/g)) {
      closure(relative(root, join(root, dirname(file), `${name}.ts`)).replaceAll('\\', '/'), seen);
    }
  }
  return [...seen];
}
