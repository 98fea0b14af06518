import { randomId } from './random-keys.js';

const ids = new WeakMap<object, string>();

/** The unique ID (`AROA…`, `AIDA…`) of a role or user. A role that is deleted and recreated gets another one. */
export function uniqueId(owner: object, prefix: 'AROA' | 'AIDA'): string {
  const id = ids.get(owner) ?? randomId(prefix, 17);
  ids.set(owner, id);
  return id;
}
