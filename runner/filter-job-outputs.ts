import type { Masker } from './masker.js';

/** The job outputs that reach other jobs, and why the others do not. */
export interface JobOutputs {
  readonly kept: Readonly<Record<string, string>>;
  readonly dropped: readonly { readonly name: string; readonly message: string }[];
}

/** Drops empty outputs and, as GitHub does between jobs, every output that contains a masked value. */
export function filterJobOutputs(outputs: Readonly<Record<string, string>>, masker: Masker): JobOutputs {
  const kept: Record<string, string> = {};
  const dropped: { name: string; message: string }[] = [];
  for (const [name, value] of Object.entries(outputs)) {
    if (value === '') {
      dropped.push({ name, message: `Skip output '${name}' since it's empty` });
    } else if (masker.mask(value) === value) {
      kept[name] = value;
    } else {
      dropped.push({ name, message: `Skip output '${name}' since it may contain secret` });
    }
  }
  return { kept, dropped };
}
