import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Environment } from '../input/environment.js';

/**
 * What the runner keeps from main to post. Anything printed by the step may become a `save-state` command, so the undo
 * record carries proofs that only somebody who knows a key of this job can make.
 */
export interface SealedState {
  readonly version: 1;
  readonly undo: unknown;
  /** One HMAC-SHA-256 of the undo record for each key that main knew, in hex. */
  readonly proofs: readonly string[];
  /** The name of the file that holds a key of this step alone, where the job itself has none. */
  readonly keyFile?: string;
}

/** A shorter token may be one that somebody can guess. */
const leastTokenLength = 16;

/**
 * The job's own tokens: main and post both have them, and the log never shows them. act makes a new token for each step,
 * with a key that everybody knows.
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
    proofs: keys.map((key) => proofOf(text, key)),
    ...(keyFile !== undefined && { keyFile }),
  };
  return JSON.stringify(state);
}

/** Reads a saved text; undefined where it has not the form that main writes. Its proofs are not yet looked at. */
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

/** Whether one of the keys made one of the proofs. */
export function isProven({ undo, proofs }: SealedState, keys: readonly string[]): boolean {
  const text = JSON.stringify(undo);
  return keys.some((key) => proofs.some((proof) => isEqual(proof, proofOf(text, key))));
}

function proofOf(text: string, key: string): string {
  const derived = createHash('sha256').update(`assume-role state\n${key}`).digest();
  return createHmac('sha256', derived).update(text).digest('hex');
}

function isEqual(proof: string, expected: string): boolean {
  const [one, other] = [Buffer.from(proof), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
