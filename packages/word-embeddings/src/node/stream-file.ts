import { createReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { isFileProblem, problemReason } from './file-problem.js';
import type { StreamOptions } from './stream-known-source.js';

const chunkBytes = 1 << 20;

/**
 * Streams a file, unpacked when it is gzipped, which its first bytes tell, not its name. A chunk is valid only until the next one.
 *
 * @throws {Error} When the file cannot be read, or its gzip is truncated or damaged.
 */
export async function streamFile<Result>(
  path: string,
  consume: (chunks: AsyncIterable<Uint8Array>) => Promise<Result>,
  { onBytes, signal }: StreamOptions = {},
): Promise<Result> {
  let bytesTotal = 0;
  let bytesDone = 0;
  try {
    // A pipe would be waited for, and cannot be read from its beginning again.
    const kind = await stat(path);
    if (!kind.isFile() && !kind.isDirectory()) {
      throw new Error(
        `the word vectors ${path} cannot be read: it is no regular file; write what comes from it to one first.`,
      );
    }
    const file = await open(path);
    try {
      bytesTotal = (await file.stat()).size;
      const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
      if (!(bytesRead === 2 && buffer.readUInt16BE() === 0x1f8b)) {
        return await consume(readChunks(file, (bytes) => onBytes?.(bytes, bytesTotal), signal));
      }
    } finally {
      await file.close();
    }
    const packed = createReadStream(path, { highWaterMark: chunkBytes });
    packed.on('data', (chunk) => {
      bytesDone += chunk.length;
    });
    const gunzip = createGunzip({ chunkSize: chunkBytes });
    const piping = pipeline(packed, gunzip, { signal });
    // Failures show in the chunks; before and after that nothing hears them, which would end the process. It need not settle by
    // itself: behind a gzip's end there may be zeros, which nothing reads.
    piping.catch(() => undefined);
    gunzip.on('error', () => undefined);
    return await consume(watched(gunzip, () => onBytes?.(bytesDone, bytesTotal)));
  } catch (error) {
    signal?.throwIfAborted();
    throw explain(error, path, bytesTotal);
  }
}

/** Reads into the same memory again and again. */
async function* readChunks(
  file: FileHandle,
  onBytes: (bytesDone: number) => void,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const memory = new Uint8Array(chunkBytes);
  for (let position = 0; ;) {
    signal?.throwIfAborted();
    const { bytesRead } = await file.read(memory, 0, chunkBytes, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield memory.subarray(0, bytesRead);
    onBytes(position);
  }
}

async function* watched(chunks: AsyncIterable<Uint8Array>, onChunk: () => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    yield chunk;
    onChunk();
  }
}

/** An error of the file system or of zlib in words; any other as it is. */
export function explain(error: unknown, path: string, bytes = 0): unknown {
  const { code = '', message } = (error ?? {}) as NodeJS.ErrnoException;
  let reason: string;
  if (isFileProblem(error)) reason = problemReason(error);
  else if (code === 'Z_BUF_ERROR') reason = `it ends at byte ${bytes}, in the middle of its gzip`;
  else if (code.startsWith('Z_')) reason = `its gzip is damaged (${message})`;
  else return error;
  return new Error(`the word vectors ${path} cannot be read: ${reason}.`, { cause: error });
}
