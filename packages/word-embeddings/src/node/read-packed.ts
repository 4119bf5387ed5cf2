import { type FileHandle, open } from 'node:fs/promises';
import * as zlib from 'node:zlib';
import { WordIndex } from '../word-index.js';
import { type WordTable, wordTable } from '../word-vectors.js';
import { decodeHeader, headerBytes, indexBytes, type PackedLayout, valueBytes } from './packed-layout.js';
import { bytesOf } from './packed-writer.js';

const encoder = new TextEncoder();

/**
 * Reads a packed file: the wanted rows or all. Every byte that is used is checked.
 *
 * @param note - What the file must say about its source.
 * @returns Nothing when there is no such file, it is of another source, or it is damaged: then it has to be made anew.
 */
export async function readPacked(
  path: string,
  note: string,
  words?: ReadonlySet<string>,
): Promise<WordTable | undefined> {
  let file: FileHandle;
  try {
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
    const index = layout && (await readIndex(file, layout, note));
    if (layout === undefined || index === undefined) return undefined;
    return words === undefined
      ? await readWhole(file, layout, index.words)
      : await readRows(file, layout, index, words);
  } finally {
    await file.close();
  }
}

interface PackedIndex {
  readonly words: WordIndex;
  readonly checksums: Uint32Array;
}

async function readIndex(
  file: FileHandle,
  layout: PackedLayout,
  note: string,
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
  const said = Buffer.from(all.buffer, all.byteOffset + at + wordBytes, noteBytes).toString();
  if (said !== note || !isSound(table)) return undefined;
  return { words: new WordIndex({ bytes, offsets, table }), checksums };
}

/** Whether looking words up in such a table ends; offsets that lie find no word. */
function isSound(table: Uint32Array): boolean {
  return (table.length & (table.length - 1)) === 0 && table.includes(0);
}

async function readWhole(
  file: FileHandle,
  layout: PackedLayout,
  words: WordIndex,
): Promise<WordTable | undefined> {
  const { dimensions, size, valuesChecksum } = layout;
  const bytes = await read(file, headerBytes, valueBytes(layout));
  if (bytes === undefined || zlib.crc32(bytes) !== valuesChecksum) return undefined;
  return wordTable(words, new Float32Array(bytes.buffer, bytes.byteOffset, size * dimensions), dimensions);
}

async function readRows(
  file: FileHandle,
  { dimensions }: PackedLayout,
  { words: known, checksums }: PackedIndex,
  words: ReadonlySet<string>,
): Promise<WordTable | undefined> {
  // In the order of the file, which is that of a source read from its beginning.
  const rows = [...words]
    .map((word) => known.row(word))
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
  return wordTable(kept, values, dimensions, known);
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
