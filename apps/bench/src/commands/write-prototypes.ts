import { writeFileSync } from 'node:fs';
import { explainFileError } from '../records/explain-file-error.js';

/** Writes a file of prototypes; an error says what to do. */
export function writePrototypes(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes);
  } catch (error) {
    throw explainFileError(error, path);
  }
}
