import * as zlib from 'node:zlib';

/**
 * A packed file: header (64 bytes), values `[size, dimensions]` float32, a CRC-32 of each row, offsets `[size + 1]` and hash table of the
 * words (`WordIndex`), their bytes, and a note (JSON) about the source and its rows that were skipped. All numbers are in the machine's byte order; another machine's
 * file has another magic number and is made anew.
 */
export interface PackedLayout {
  readonly dimensions: number;
  readonly size: number;
  readonly tableLength: number;
  readonly wordBytes: number;
  readonly noteBytes: number;
  /** CRC-32 of all values: one call for all rows takes a third of the time of one a row. */
  readonly valuesChecksum: number;
  /** CRC-32 of all that follows the values. */
  readonly indexChecksum: number;
}

export const headerBytes = 64;
const magic = 0x5648_5357;
const version = 3;

/** Bytes of all that follows the values. */
export function indexBytes({ size, tableLength, wordBytes, noteBytes }: PackedLayout): number {
  return 4 * size + 4 * (size + 1) + 4 * tableLength + wordBytes + noteBytes;
}

/** Bytes of the values. */
export function valueBytes({ size, dimensions }: PackedLayout): number {
  return 4 * size * dimensions;
}

/** The header of a packed file. */
export function encodeHeader(layout: PackedLayout): Uint8Array {
  const fields = new Uint32Array(headerBytes / 4);
  const { dimensions, size, tableLength, wordBytes, noteBytes, valuesChecksum, indexChecksum } = layout;
  fields.set([
    magic,
    version,
    dimensions,
    size,
    tableLength,
    wordBytes,
    noteBytes,
    indexChecksum,
    valuesChecksum,
  ]);
  fields[15] = zlib.crc32(new Uint8Array(fields.buffer, 0, 60));
  return new Uint8Array(fields.buffer);
}

/** What a header says, or nothing when it is none, or does not fit the file's length. */
export function decodeHeader(bytes: Uint8Array, fileBytes: number): PackedLayout | undefined {
  if (bytes.length !== headerBytes) return undefined;
  const fields = new Uint32Array(bytes.slice().buffer);
  const [found, made, dimensions, size, tableLength, wordBytes, noteBytes, indexChecksum, valuesChecksum] =
    fields as unknown as [number, number, number, number, number, number, number, number, number];
  if (found !== magic || made !== version || fields[15] !== zlib.crc32(bytes.subarray(0, 60)))
    return undefined;
  const layout = { dimensions, size, tableLength, wordBytes, noteBytes, valuesChecksum, indexChecksum };
  if (dimensions < 1 || size < 1) return undefined;
  return headerBytes + valueBytes(layout) + indexBytes(layout) === fileBytes ? layout : undefined;
}
