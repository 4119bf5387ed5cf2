import { parseEpochs, type EpochRecord } from './epoch-record.js';
import type { CheckRecordOptions } from './read-json-file.js';
import { readRegularFile, type ReadFileOptions } from './read-regular-file.js';

/**
 * Reads a run's `epochs.jsonl`, up to the last whole line.
 *
 * @throws UserError when it cannot be read, or a line is not what this version writes.
 */
export function readEpochs(
  path: string,
  options: ReadFileOptions & Omit<CheckRecordOptions, 'place'> = {},
): EpochRecord[] {
  return parseEpochs(readRegularFile(path, options).toString('utf8'), { ...options, place: path });
}
