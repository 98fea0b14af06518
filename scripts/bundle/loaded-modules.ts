import type { Plugin } from 'rolldown';
import { isEntryPoint, sourceFile } from './bundle-options.js';
import { rareChunks } from './rare-chunks.js';

/** For every entry point and every module loaded by `import()`: the modules that load with it. */
const loadedBy = new Map<string, ReadonlySet<string>>();
/** The modules that the rare files need. They stay out of the entry points: any of them may load a rare file. */
let usedByRare: ReadonlySet<string> = new Set();

/** Finds which modules load together, before the chunks are made. */
export const findLoaded: Plugin = {
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
    const late = [...this.getModuleIds()].filter((id) => rareChunks.some(({ test }) => test(id)));
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

/** Whether a module loads with a module of src/. */
export function loads(name: string, id: string): boolean {
  return loadedBy.get(sourceFile(name))?.has(id) === true;
}

/** Whether a module loads with more than one entry point or `import()`. */
export function isShared(id: string): boolean {
  return !isEntryPoint(id) && [...loadedBy.values()].filter((ids) => ids.has(id)).length > 1;
}

/** Whether a rare file needs a module. */
export function isUsedByRare(id: string): boolean {
  return usedByRare.has(id);
}
