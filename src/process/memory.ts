import { setFlagsFromString } from 'node:v8';

/** Calls from which V8 would rather double the space for new objects than collect them more often. */
const manyCalls = 100;

/** Keeps the memory of a walk of many calls as small as that of a short one. */
export function limitMemory(calls: number): void {
  if (calls >= manyCalls) {
    setFlagsFromString('--semi-space-growth-factor=1');
  }
}
