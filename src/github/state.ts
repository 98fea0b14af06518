import type { Environment } from '../domain/input/environment.js';
import { append } from './command-files.js';

const key = 'clean-up';

/**
 * Saves a text for the post step; a later call replaces an earlier one. Without the runner's file, nothing is
 * saved. Resolves to a function that removes the text again.
 */
export function saveText(text: string, environment: Environment): () => void {
  return environment.GITHUB_STATE ? append('GITHUB_STATE', environment, { [key]: text }) : () => {};
}

/** The state that main saved for post, if any. The runner may have changed the case of the key. */
export function savedText(environment: Environment): string | undefined {
  const [, text] =
    Object.entries(environment).find(([name, value]) => name.toLowerCase() === `state_${key}` && value !== '') ?? [];
  return text;
}
