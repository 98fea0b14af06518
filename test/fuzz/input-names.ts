import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

const actionFile = join(import.meta.dirname, '..', '..', 'action.yml');

/** The inputs that action.yml declares. */
export const inputNames = Object.keys(
  (load(readFileSync(actionFile, 'utf8')) as { readonly inputs: Readonly<Record<string, unknown>> }).inputs,
);
