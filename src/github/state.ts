import type { Environment } from '../domain/input/environment.js';
import { append } from './command-files.js';

const key = 'clean-up';

/**
 * Saves a text for the post step; a later call replaces the text of an earlier one. If the runner has no file for
 * state, nothing is saved. Returns a function that removes the text again.
 */
export function saveText(text: string, environment: Environment): () => void {
  return environment.GITHUB_STATE ? append('GITHUB_STATE', environment, { [key]: text }) : () => {};
}

/** The text that the main step saved for post; undefined if there is none. Some runners change the case of the key. */
export function savedText(environment: Environment): string | undefined {
  const [, text] =
    Object.entries(environment).find(([name, value]) => name.toLowerCase() === `state_${key}` && value !== '') ?? [];
  return text;
}
