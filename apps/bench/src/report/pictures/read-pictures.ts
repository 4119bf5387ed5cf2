import { fileURLToPath } from 'node:url';
import { readJsonFiles } from '../../records/read-json-files.js';
import { pictureSchema, type Picture } from './picture-schema.js';

/** Where the pictures that come with the bench are. */
export const picturesFolder = fileURLToPath(new URL('../../../pictures/', import.meta.url));

/** Reads pictures, in the order in which they are shown: one JSON file, or a folder of such. */
export function readPictures(path: string): Picture[] {
  return readJsonFiles(path, pictureSchema, 'picture');
}
