import * as core from '@actions/core';
import type { Environment } from '../domain/input/environment.js';

const key = 'clean-up';

/** Keeps a text for the post step; a later call takes the place of an earlier one. */
export function saveText(text: string): void {
  core.saveState(key, text);
}

/** What main kept for the post step; undefined where it kept nothing. The runner may have changed the case of the key. */
export function savedText(environment: Environment): string | undefined {
  const [, text] =
    Object.entries(environment).find(([name, value]) => name.toLowerCase() === `state_${key}` && value !== '') ?? [];
  return text;
}
