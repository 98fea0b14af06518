import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { root } from '../../scripts/root.js';

const actionFile = join(root, 'action.yml');

/** The inputs that action.yml declares. */
export const inputNames = Object.keys(
  (load(readFileSync(actionFile, 'utf8')) as { readonly inputs: Readonly<Record<string, unknown>> }).inputs,
);
