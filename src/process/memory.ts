import { setFlagsFromString } from 'node:v8';

/** Number of calls from which V8 would double its heap instead of collecting garbage. */
const manyCalls = 100;

/** Limits the memory of a walk with many calls. */
export function limitMemory(calls: number): void {
  if (calls >= manyCalls) {
    collectOften();
  }
}

/** Makes V8 use less memory: the young generation does not grow; the old one is collected after growing by a fifth. */
export function collectOften(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=20');
}
