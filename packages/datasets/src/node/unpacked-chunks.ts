import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { notData } from '../not-data.js';

/**
 * A file's bytes, unpacked when it is gzipped, which its first bytes say, not its name.
 *
 * @throws {Error} When it is empty, an HTML page or a Git LFS pointer, or its gzip is truncated or damaged.
 */
export async function* unpackedChunks(
  file: Readable,
  name: string,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, undefined> {
  const chunks = (file as AsyncIterable<Uint8Array, undefined>)[Symbol.asyncIterator]();
  try {
    let start: Uint8Array = new Uint8Array(0);
    while (start.length < 512) {
      signal?.throwIfAborted();
      const { done, value } = await chunks.next();
      if (done) break;
      start = start.length === 0 ? value : Buffer.concat([start, value]);
    }
    const all = async function* (): AsyncGenerator<Uint8Array, undefined> {
      yield start;
      for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
        signal?.throwIfAborted();
        yield next.value;
      }
    };
    const other = notData(start);
    const kind = other?.split(' ')[1];
    if (kind === 'gzip') yield* gunzipped(all(), name, signal);
    else if (other !== undefined && kind !== 'tar') throw new Error(`${name} is ${other}.`);
    else yield* all();
  } finally {
    file.destroy();
  }
}

async function* gunzipped(
  packed: AsyncIterable<Uint8Array>,
  name: string,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, undefined> {
  const gunzip = createGunzip();
  const piping = pipeline(packed, gunzip, { signal });
  // Its failures show in the loop below; before and after that nothing hears them, which would end the process. It need not
  // settle by itself: behind a gzip's end there may be zeros, which nothing reads.
  piping.catch(() => undefined);
  try {
    yield* gunzip as AsyncIterable<Uint8Array>;
  } catch (error) {
    signal?.throwIfAborted();
    throw archiveError(error, name, gunzip.bytesWritten);
  } finally {
    gunzip.destroy();
  }
}

/** What is wrong with a gzipped file or a tar archive, in words; `byte` is how far it was read. Other errors stay unchanged. */
export function archiveError(error: unknown, name: string, byte?: number): unknown {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  const cut = /^Unexpected end of data at byte (\d+)$/.exec(message);
  if (code === 'Z_BUF_ERROR' || cut) {
    const end = cut?.[1] ?? String(byte);
    return new Error(`${name} is truncated: it ends at byte ${end}, in the middle of its contents.`, {
      cause: error,
    });
  }
  const header = /^Invalid tar header at byte (\d+): (.*)$/.exec(message);
  if (header?.[1] === '0') {
    return new Error(`${name} is neither a tar archive, gzipped or not, nor a zip archive.`, {
      cause: error,
    });
  }
  if (header) {
    return new Error(`${name} is damaged: the tar header at byte ${header[1]!} is invalid, ${header[2]!}.`, {
      cause: error,
    });
  }
  if (code.startsWith('Z_')) {
    return new Error(`${name} is damaged near byte ${byte}: ${message}.`, { cause: error });
  }
  return error;
}
