import { createHash } from 'node:crypto';
import type { Environment } from '../input/environment.js';
import { tryJson } from '../input/try-json.js';
import { isSameProof, proofOf } from './hmac.js';

/**
 * The state that the runner passes from the main step to post. Any text that a step prints could be a forged
 * `save-state` command, so the undo record has proofs, which only a holder of a key of this job can make.
 */
export interface SealedState {
  readonly version: 1;
  readonly undo: unknown;
  /** Proofs of the undo record, one for each key that the main step had; post needs one that matches. */
  readonly proofs: readonly string[];
  /** If the job has no key: the name of the file with a key that the main step made. */
  readonly keyFile?: string;
}

/** Minimum length of a token that is used as a key; a shorter one could be guessed. */
const leastTokenLength = 16;

/**
 * Returns the job's tokens that serve as keys: the main step and post have them, and no log shows them. Empty on act,
 * which makes a new token for each step, signed with a key that is public.
 */
export function jobKeys(environment: Environment): readonly string[] {
  const { ACT, ACTIONS_RUNTIME_TOKEN = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN = '' } = environment;
  const tokens = [...new Set([ACTIONS_RUNTIME_TOKEN, ACTIONS_ID_TOKEN_REQUEST_TOKEN])];
  return ACT ? [] : tokens.filter((token) => token.length >= leastTokenLength);
}

/** Returns the text to save in the state: an undo record with its proofs. */
export function sealState(undo: unknown, keys: readonly string[], keyFile?: string): string {
  const text = JSON.stringify(undo);
  const state: SealedState = {
    version: 1,
    undo,
    proofs: keys.map((key) => proofOf(text, derivedKey(key))),
    ...(keyFile !== undefined && { keyFile }),
  };
  return JSON.stringify(state);
}

/** Parses a saved text; undefined if it is invalid. `isProven` checks its proofs. */
export function parseState(text: string): SealedState | undefined {
  const state = tryJson(text) as Partial<SealedState> | null | undefined;
  const { version, undo, proofs, keyFile } = state ?? {};
  const isWhole = version === 1 && typeof undo === 'object' && undo !== null && Array.isArray(proofs);
  const isPlain = isWhole && proofs.every(isText) && (keyFile === undefined || isText(keyFile));
  return isPlain ? (state as SealedState) : undefined;
}

/** Whether one of the proofs was made with one of the keys. */
export function isProven({ undo, proofs }: SealedState, keys: readonly string[]): boolean {
  const text = JSON.stringify(undo);
  return keys.some((key) => proofs.some((proof) => isSameProof(proof, proofOf(text, derivedKey(key)))));
}

function derivedKey(key: string): Buffer {
  return createHash('sha256').update(`assume-role state\n${key}`).digest();
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
