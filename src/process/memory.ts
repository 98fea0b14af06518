import { setFlagsFromString } from 'node:v8';

/** Calls from which V8 would rather double its memory than collect what is not used any more. */
const manyCalls = 100;

/** Keeps the memory of a walk of many calls small. */
export function limitMemory(calls: number): void {
  if (calls >= manyCalls) {
    collectOften();
  }
}

/** Keeps the space for new objects as it is, and collects once the rest has grown by a fifth. */
export function collectOften(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=20');
}
