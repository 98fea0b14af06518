import { randomId } from './random-keys.js';

const ids = new WeakMap<object, string>();

/** The unique id (`AROA…`, `AIDA…`) of a role or user. A role deleted and created again gets another one. */
export function uniqueId(owner: object, prefix: 'AROA' | 'AIDA'): string {
  const id = ids.get(owner) ?? randomId(prefix, 17);
  ids.set(owner, id);
  return id;
}
