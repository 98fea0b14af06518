import * as core from '@actions/core';

const key = 'clean-up';

/** Keeps what has to be undone for the post step; a later call takes the place of an earlier one. */
export function saveCleanUp(cleanUp: unknown): void {
  core.saveState(key, JSON.stringify(cleanUp));
}

/** What main kept for the post step; undefined where it kept nothing. */
export function readCleanUp(): unknown {
  const text = core.getState(key);
  return text === '' ? undefined : JSON.parse(text);
}
