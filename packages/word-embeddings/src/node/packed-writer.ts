import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as zlib from 'node:zlib';
import type { OddRows } from '../odd-rows.js';
import type { RowSink } from '../row-sink.js';
import { WordIndex } from '../word-index.js';
import { encodeNote } from './packed-note.js';
import { encodeHeader, headerBytes, type PackedLayout } from './packed-layout.js';
import { removeAbandoned, unfinished } from './unfinished-files.js';

const blockBytes = 1 << 20;

/** Writes a packed file row by row. It has its name only when it is whole. */
export interface PackedWriter extends RowSink {
  /** Writes what has come together; to be awaited now and then, so that it does not stay in memory. */
  flush(): Promise<void>;
  /** Completes the file and gives it its name. */
  finish(source: string, odd: OddRows): Promise<void>;
  /** Removes what was written. */
  abandon(): Promise<void>;
}

/** Starts a packed file; its folder is made, and what killed processes have left there is removed. */
export async function createPackedWriter(path: string): Promise<PackedWriter> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  await removeAbandoned(folder);
  const incoming = join(folder, `${unfinished}${basename(path)}-${randomUUID()}`);
  const file = await open(incoming, 'wx');
  const index = new WordIndex();
  let checksums = new Uint32Array(1024);
  let full: Float32Array[] = [];
  let block = new Float32Array(0);
  let used = 0;
  let rowLength = 0;
  let position = headerBytes;
  let valuesChecksum = 0;

  const flush = async (): Promise<void> => {
    const blocks = full;
    full = [];
    for (const one of blocks) {
      valuesChecksum = zlib.crc32(bytesOf(one), valuesChecksum);
      position += await writeAll(file, one, position);
    }
  };

  const abandon = async (): Promise<void> => {
    await file.close().catch(() => undefined);
    await rm(incoming, { force: true });
  };

  return {
    begin(dimensions) {
      rowLength = dimensions;
    },
    wants: () => true,
    take(bytes, start, end, vector) {
      const before = index.add(bytes, start, end);
      if (before >= 0) return before;
      if (used + rowLength > block.length) {
        if (used > 0) full.push(block.subarray(0, used));
        block = new Float32Array(Math.max(1, Math.floor(blockBytes / 4 / rowLength)) * rowLength);
        used = 0;
      }
      block.set(vector, used);
      used += rowLength;
      const row = index.size - 1;
      if (row === checksums.length) {
        const larger = new Uint32Array(2 * row);
        larger.set(checksums);
        checksums = larger;
      }
      checksums[row] = zlib.crc32(bytesOf(vector));
      return -1;
    },
    flush,
    holds: (row, vector) => checksums[row] === zlib.crc32(bytesOf(vector)),
    async finish(source, odd) {
      if (used > 0) full.push(block.subarray(0, used));
      await flush();
      const { bytes, offsets, table } = index.parts();
      const parts = [checksums.subarray(0, index.size), offsets, table, bytes, encodeNote(source, odd)];
      let indexChecksum = 0;
      for (const part of parts) {
        indexChecksum = zlib.crc32(bytesOf(part), indexChecksum);
        position += await writeAll(file, part, position);
      }
      const layout: PackedLayout = {
        dimensions: rowLength,
        size: index.size,
        tableLength: table.length,
        wordBytes: bytes.length,
        noteBytes: parts[4]!.length,
        valuesChecksum,
        indexChecksum,
      };
      await writeAll(file, encodeHeader(layout), 0);
      // Without this a power cut could leave a name without its contents.
      await file.sync();
      await file.close();
      await rename(incoming, path);
    },
    abandon,
  };
}

/** The memory of a typed array as bytes. */
export function bytesOf(values: Float32Array | Uint32Array | Uint8Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

async function writeAll(
  file: FileHandle,
  values: Float32Array | Uint32Array | Uint8Array,
  position: number,
): Promise<number> {
  const bytes = bytesOf(values);
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
  return bytes.length;
}
