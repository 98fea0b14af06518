import type { SectionEntries } from './render-section.js';

/** A profile to write: its section in the config file and, if it has keys, its section in the credentials file. */
export interface NewProfile {
  readonly name: string;
  readonly config: SectionEntries;
  readonly credentials?: SectionEntries;
}
