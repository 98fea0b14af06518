import type { Environment } from '../domain/input/environment.js';
import { append } from './command-files.js';

const key = 'clean-up';

/**
 * Keeps a text for the post step; a later call takes the place of an earlier one. Without the runner's file nothing is
 * kept. Resolves to what takes the text out again.
 */
export function saveText(text: string, environment: Environment): () => void {
  return environment.GITHUB_STATE ? append('GITHUB_STATE', environment, { [key]: text }) : () => {};
}

/** What main kept for the post step; undefined where it kept nothing. The runner may have changed the case of the key. */
export function savedText(environment: Environment): string | undefined {
  const [, text] =
    Object.entries(environment).find(([name, value]) => name.toLowerCase() === `state_${key}` && value !== '') ?? [];
  return text;
}
