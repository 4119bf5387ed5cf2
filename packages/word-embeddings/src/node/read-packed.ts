import { type FileHandle, open, stat } from 'node:fs/promises';
import * as zlib from 'node:zlib';
import type { OddRows } from '../odd-rows.js';
import { WordIndex, type WordIndexParts } from '../word-index.js';
import { type WordTable, wordTable } from '../word-vectors.js';
import { decodeHeader, headerBytes, indexBytes, type PackedLayout, valueBytes } from './packed-layout.js';
import { decodeNote } from './packed-note.js';
import { bytesOf } from './packed-writer.js';

const encoder = new TextEncoder();

/**
 * Reads a packed file: the wanted rows or all. Every byte that is used is checked.
 *
 * @param source - What the file must say about its source.
 * @returns Nothing when there is no such file, it is of another source, or it is damaged: then it has to be made anew.
 */
export async function readPacked(
  path: string,
  source: string,
  words?: ReadonlySet<string>,
): Promise<PackedTable | undefined> {
  let file: FileHandle;
  try {
    // A pipe of that name would never open.
    if (!(await stat(path)).isFile()) return undefined;
    file = await open(path);
  } catch {
    return undefined;
  }
  try {
    const { size: fileBytes } = await file.stat();
    const layout = decodeHeader(
      (await read(file, 0, Math.min(headerBytes, fileBytes))) ?? new Uint8Array(0),
      fileBytes,
    );
    const index = layout && (await readIndex(file, layout, source));
    if (layout === undefined || index === undefined) return undefined;
    const table =
      words === undefined ? await readWhole(file, layout, index) : await readRows(file, layout, index, words);
    return table && { table, odd: index.odd };
  } finally {
    await file.close();
  }
}

/** What a packed file holds. */
export interface PackedTable {
  readonly table: WordTable;
  /** The source's rows that are not in it. */
  readonly odd: OddRows;
}

interface PackedIndex {
  readonly odd: OddRows;
  readonly words: WordIndex;
  readonly checksums: Uint32Array;
}

async function readIndex(
  file: FileHandle,
  layout: PackedLayout,
  source: string,
): Promise<PackedIndex | undefined> {
  const { size, tableLength, wordBytes, noteBytes } = layout;
  const all = await read(file, headerBytes + valueBytes(layout), indexBytes(layout));
  if (all === undefined || zlib.crc32(all) !== layout.indexChecksum) return undefined;
  let at = 0;
  const integers = (length: number): Uint32Array => {
    at += 4 * length;
    return new Uint32Array(all.buffer, all.byteOffset + at - 4 * length, length);
  };
  const checksums = integers(size);
  const offsets = integers(size + 1);
  const table = integers(tableLength);
  const bytes = all.subarray(at, at + wordBytes);
  const note = Buffer.from(all.buffer, all.byteOffset + at + wordBytes, noteBytes).toString();
  const odd = decodeNote(note, source);
  if (odd === undefined || !isSound({ bytes, offsets, table })) return undefined;
  return { odd, words: new WordIndex({ bytes, offsets, table }), checksums };
}

/** Whether looking words up ends, and finds rows that are there. */
function isSound({ bytes, offsets, table }: WordIndexParts): boolean {
  const size = offsets.length - 1;
  if ((table.length & (table.length - 1)) !== 0 || !table.includes(0)) return false;
  if (offsets[0] !== 0 || offsets[size] !== bytes.length) return false;
  for (let row = 0; row < size; row += 1) if (offsets[row]! >= offsets[row + 1]!) return false;
  for (const entry of table) if (entry > size) return false;
  return true;
}

async function readWhole(
  file: FileHandle,
  layout: PackedLayout,
  { words, odd }: PackedIndex,
): Promise<WordTable | undefined> {
  const { dimensions, size, valuesChecksum } = layout;
  const bytes = await read(file, headerBytes, valueBytes(layout));
  if (bytes === undefined || zlib.crc32(bytes) !== valuesChecksum) return undefined;
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, size * dimensions);
  return wordTable(words, values, dimensions, { odd });
}

async function readRows(
  file: FileHandle,
  { dimensions }: PackedLayout,
  { words: known, checksums, odd }: PackedIndex,
  words: ReadonlySet<string>,
): Promise<WordTable | undefined> {
  // In the order of the file, which is that of a source read from its beginning.
  const rows = [...new Set([...words].map((word) => known.row(word)))]
    .filter((row) => row >= 0)
    .sort((a, b) => a - b);
  const kept = new WordIndex();
  const values = new Float32Array(rows.length * dimensions);
  for (const [place, row] of rows.entries()) {
    const vector = values.subarray(place * dimensions, (place + 1) * dimensions);
    const bytes = await read(file, headerBytes + 4 * dimensions * row, 4 * dimensions);
    if (bytes === undefined || zlib.crc32(bytes) !== checksums[row]) return undefined;
    bytesOf(vector).set(bytes);
    const word = encoder.encode(known.word(row));
    kept.add(word, 0, word.length);
  }
  return wordTable(kept, values, dimensions, { vocabulary: known, odd });
}

/** Exactly these bytes, or nothing when the file is shorter. */
async function read(file: FileHandle, position: number, length: number): Promise<Uint8Array | undefined> {
  // All of it is written to below, or it is thrown away.
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let done = 0; done < length;) {
    // One call reads less than 2 GiB.
    const { bytesRead } = await file.read(bytes, done, Math.min(length - done, 1 << 30), position + done);
    if (bytesRead === 0) return undefined;
    done += bytesRead;
  }
  return bytes;
}
