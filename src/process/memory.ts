import { setFlagsFromString } from 'node:v8';

/** Number of calls from which V8 would double its heap instead of collecting garbage. */
const manyCalls = 100;

/** Limits the memory of a walk with many calls. */
export function limitMemory(calls: number): void {
  if (calls >= manyCalls) {
    collectOften();
  }
}

/** Keeps the size of the young generation, and collects garbage when the rest has grown by a fifth. */
export function collectOften(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=20');
}
