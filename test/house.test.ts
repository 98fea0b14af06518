import { describe, expect, it } from 'vitest';
import { rooms } from '../scripts/rooms.js';
import { root } from '../scripts/root.js';
import { closure, importsIn, longestChain, type SourceFile, sourceFiles, strayImports } from './support/imports.js';

const files = sourceFiles(root, ['src', 'emulator', 'runner']);
const entryPoints = ['src/main.ts', 'src/post.ts', 'src/credential-process.ts'];
const domain = Object.keys(rooms).filter((room) => room.startsWith('src/domain/'));

describe('the rooms', () => {
  it('import only what their table allows', () => {
    expect(strayImports(files, rooms)).toEqual([]);
  });

  it('import every room that their table allows', () => {
    const imported = (room: string) =>
      files.filter(({ path }) => path === room || path.startsWith(`${room}/`)).flatMap(importsIn);
    const unused = Object.entries(rooms).flatMap(([room, { imports }]) => {
      const targets = imported(room);
      return imports.filter((one) => !targets.some((target) => target === one || target.startsWith(`${one}/`)));
    });
    expect(unused).toEqual([]);
  });

  const planted: readonly (readonly [string, string])[] = [
    ['src/domain/identifiers/planted.ts', "import { x } from '../chain/hop.js';"],
    ['src/domain/identifiers/planted.ts', "import type { X } from '../chain/hop.js';"],
    ['src/domain/identifiers/planted.ts', "export { x } from '../chain/hop.js';"],
    ['src/domain/identifiers/planted.ts', "export const x = () => import('../chain/hop.js');"],
    ['src/domain/identifiers/planted.ts', "import '../../aws/sts.js';"],
    ['src/domain/summary/planted.ts', "import type { Request } from '../request/request.js';"],
    ['src/domain/planted.ts', "import './identifiers/arn.js';"],
    ['src/aws/planted.ts', "import '../net/agents.js';"],
    ['src/aws/planted.ts', "import '../domain/../net/agents.js';"],
    ['src/disk/files/planted.ts', "import '../lock/lock.js';"],
    ['src/disk/planted.ts', "import './files/private-file.js';"],
    ['src/steps/walk/planted.ts', "import '../main/assume-role.js';"],
    ['src/steps/renewal/planted.ts', "import '../handover/hand-over.js';"],
    ['src/steps/renewal/planted.ts', "import '../../github/report.js';"],
    ['src/post.ts', "import './aws/sts.js';"],
    ['src/credential-process.ts', "import './github/report.js';"],
    ['emulator/wire/planted.ts', "import '../../src/domain/identifiers/arn.js';"],
    ['emulator/session/planted.ts', "import '../sts/operation.js';"],
    ['runner/planted.ts', "import '../emulator/server/start-emulator.js';"],
  ];

  it.each(planted)('in %s contain no %s', (path, text) => {
    expect(strayImports([{ path, text }], rooms)).toHaveLength(1);
  });

  it('have no import cycles, and the domain has at most 8 levels', () => {
    const levelOf = (room: string, above: readonly string[] = []): number => {
      expect(above).not.toContain(room);
      const below = rooms[room]?.imports ?? [];
      return 1 + Math.max(0, ...below.map((one) => levelOf(one, [...above, room])));
    };
    expect(Math.max(...domain.map((room) => levelOf(room)))).toBeLessThanOrEqual(8);
  });

  it('of the domain are 20 at most, and each has at most a fifth of its lines', () => {
    const linesOf = (room: string) => lines(files.filter(({ path }) => path.startsWith(`${room}/`)));
    const all = linesOf('src/domain');
    expect(domain.length).toBeLessThanOrEqual(20);
    expect(domain.filter((room) => linesOf(room) > all / 5)).toEqual([]);
  });

  it.each([
    ['src', 250],
    ['emulator', 150],
    ['runner', 150],
  ])('have no file in %s over %d lines', (folder, limit) => {
    const long = files.filter((file) => file.path.startsWith(`${folder}/`) && lines([file]) > limit);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it.each(entryPoints)('have at most 12 files in a chain of imports from %s, types included', (entry) => {
    const chain = longestChain(entry, files);
    expect(chain.length, chain.join(' -> ')).toBeLessThanOrEqual(12);
  });

  it('show the whole request only to the steps', () => {
    const readers = files.filter((file) => importsIn(file).includes('src/domain/request/request.ts'));
    expect(readers.filter(({ path }) => !/^src\/(steps|domain\/request)\//.test(path))).toEqual([]);
  });

  it('behind credential-process never import @actions/core, which writes to stdout', () => {
    const reached = closure('src/credential-process.ts', files);
    expect(reached).toContain('src/steps/renewal/renew-session.ts');
    expect(reached.filter((file) => file.startsWith('src/github/'))).toEqual([]);
  });

  it('have no file in src that no entry point imports', () => {
    const reached = new Set(entryPoints.flatMap((entry) => closure(entry, files)));
    const all = files.map(({ path }) => path).filter((path) => path.startsWith('src/'));
    expect(all.filter((path) => !reached.has(path))).toEqual([]);
  });
});

function lines(some: readonly SourceFile[]): number {
  return some.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0);
}
