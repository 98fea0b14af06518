import { join } from 'node:path';
import { messageOf } from '../../domain/input/error-message.js';
import { parseRecordedSections, type RecordedSections } from '../../domain/undo/clean-up.js';
import { isSameProof, proofOf } from '../../domain/undo/hmac.js';
import { readIfPresent, writePrivate } from '../files/private-file.js';
import { ensureFolder, removeFolderIfEmpty } from '../files/private-folder.js';

/** The error of a record that cannot be used; its message is the reason. */
export class RecordLost extends Error {}

const recordFile = (folder: string) => join(folder, 'undo.json');

/** Writes the sections of a clean-up to a file of the step's folder, with a proof by the key; throws if it cannot. */
export function writeRecord(folder: string, sections: RecordedSections, key: string): void {
  const made = ensureFolder(folder);
  const text = JSON.stringify(sections);
  try {
    writePrivate(recordFile(folder), `${proofOf(text, key)}\n${text}`, { isLasting: false });
  } catch (error) {
    made.forEach(removeFolderIfEmpty);
    throw error;
  }
}

/** Reads the sections of a clean-up; throws `RecordLost` if they are missing or changed. */
export async function readRecord(folder: string, key: string): Promise<RecordedSections> {
  const path = recordFile(folder);
  const written = await readIfPresent(path).catch((error: unknown) => {
    throw new RecordLost(messageOf(error));
  });
  if (written === undefined) {
    throw new RecordLost(`${path} is gone.`);
  }
  const [given = '', text = ''] = written.split('\n', 2);
  const sections = isSameProof(given, proofOf(text, key)) ? parseRecordedSections(text) : undefined;
  if (sections === undefined || written.length !== given.length + 1 + text.length) {
    throw new RecordLost(`${path} is not as the step wrote it.`);
  }
  return sections;
}
