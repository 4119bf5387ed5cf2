import type { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import type { ReadDownload } from './dataset-definition.js';
import { archiveError, unpackedChunks } from './unpacked-chunks.js';

/** Reads a download that is one file, gzipped or not: keeps it under `name`, and refuses more than `mostBytes` unpacked. */
export function gunzipReader(name: string, mostBytes: number): ReadDownload {
  return async (file, location, signal) =>
    new Map([[name, await readUnpacked(file, location, mostBytes, signal)]]);
}

/**
 * Unpacks a gzipped file that is in memory.
 *
 * @throws {RangeError} When it is no gzip, truncated, damaged, or has more than `mostBytes` unpacked.
 */
export function gunzipFile(bytes: Uint8Array, name: string, mostBytes: number): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(name, mostBytes);
    const reason = archiveError(error, name, bytes.length);
    throw new RangeError(reason instanceof Error ? reason.message : String(reason), { cause: error });
  }
}

async function readUnpacked(
  file: Readable,
  name: string,
  mostBytes: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of unpackedChunks(file, name, signal)) {
    size += chunk.length;
    if (size > mostBytes) throw tooLarge(name, mostBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(name: string, mostBytes: number): RangeError {
  return new RangeError(
    `${name} unpacks to more than ${mostBytes} bytes; it is not the file that it should be.`,
  );
}
