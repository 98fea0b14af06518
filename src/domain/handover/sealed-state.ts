import { createHash } from 'node:crypto';
import type { Environment } from '../input/environment.js';
import { isSameProof, proofOf } from './proof.js';

/**
 * The state that the runner passes from main to post. Printed text can forge a `save-state` command, so the undo
 * record has proofs that require a key of this job.
 */
export interface SealedState {
  readonly version: 1;
  readonly undo: unknown;
  /** One HMAC-SHA-256 of the undo record for each key of main, in hex. */
  readonly proofs: readonly string[];
  /** The name of the file with a key of this step, if the job has none. */
  readonly keyFile?: string;
}

/** Minimum length of a token; a shorter one may be guessed. */
const leastTokenLength = 16;

/**
 * The job's tokens: main and post both have them, and the log never shows them. act creates a new token for each step,
 * with a public key.
 */
export function jobKeys(environment: Environment): readonly string[] {
  const { ACT, ACTIONS_RUNTIME_TOKEN = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN = '' } = environment;
  const tokens = [...new Set([ACTIONS_RUNTIME_TOKEN, ACTIONS_ID_TOKEN_REQUEST_TOKEN])];
  return ACT ? [] : tokens.filter((token) => token.length >= leastTokenLength);
}

/** The text to save: an undo record with its proofs. */
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

/** Parses a saved text; undefined if it is invalid. Does not check its proofs. */
export function parseState(text: string): SealedState | undefined {
  try {
    const state = JSON.parse(text) as Partial<SealedState> | null;
    const { version, undo, proofs, keyFile } = state ?? {};
    const isWhole = version === 1 && typeof undo === 'object' && undo !== null && Array.isArray(proofs);
    const isPlain = isWhole && proofs.every(isText) && (keyFile === undefined || isText(keyFile));
    return isPlain ? (state as SealedState) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether one of the keys verifies one of the proofs. */
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
