import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type GloveReader, gloveReader } from '../glove-reader.js';
import type { WordVectors } from '../word-vectors.js';

/** How `openWordVectors` reads. */
export interface OpenWordVectorsOptions {
  /** The words to keep; the file is read to its end, but only their vectors stay in memory. Default: all. */
  readonly words?: Iterable<string>;
  /** Is told how many bytes of the file are read, of how many. */
  readonly onProgress?: (progress: { readonly bytesDone: number; readonly bytesTotal: number }) => void;
  /** Stops the reading; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

const blockBytes = 1 << 20;
const mostLineBytes = 1 << 24;
const lineFeed = 10;

/**
 * Reads a file in GloVe's text format, plain or gzipped (told by its first bytes, not by its name), as a stream.
 *
 * @param path - Such as `glove.6B.50d.txt`.
 * @throws {RangeError} When the file is empty or a line is not as `parseGloveText` wants it, or not UTF-8: says the file and the line.
 * @throws {Error} When the file cannot be read, or its gzip is truncated or damaged.
 *
 * @example
 * const words = await openWordVectors('glove.6B.50d.txt', { words: wordsToLookUp(dataset.classNames) });
 */
export async function openWordVectors(
  path: string,
  { words, onProgress, signal }: OpenWordVectorsOptions = {},
): Promise<WordVectors> {
  const reader = gloveReader(path, words && new Set(words));
  try {
    const { gzipped, bytesTotal } = await inspect(path);
    const file = createReadStream(path, { highWaterMark: blockBytes });
    const read = (chunks: AsyncIterable<Buffer>): Promise<void> =>
      readLines(chunks, path, reader, () => {
        onProgress?.({ bytesDone: file.bytesRead, bytesTotal });
      });
    if (gzipped) await pipeline(file, createGunzip({ chunkSize: blockBytes }), read, { signal });
    else await pipeline(file, read, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw explain(error, path);
  }
  return reader.finish();
}

async function inspect(path: string): Promise<{ readonly gzipped: boolean; readonly bytesTotal: number }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return { gzipped: bytesRead === 2 && buffer.readUInt16BE() === 0x1f8b, bytesTotal: size };
  } finally {
    await file.close();
  }
}

/** Cuts chunks of bytes into lines of text. */
async function readLines(
  chunks: AsyncIterable<Buffer>,
  path: string,
  reader: GloveReader,
  onChunk: () => void,
): Promise<void> {
  let line = 0;
  let rest: Buffer = Buffer.alloc(0);
  const take = (block: Buffer): void => {
    const text = isUtf8(block) ? block.toString('utf8') : undefined;
    if (text === undefined) refuseInvalid(block, path, line);
    else {
      for (let start = 0; start < text.length; line += 1) {
        const feed = text.indexOf('\n', start);
        const end = feed < 0 ? text.length : feed;
        reader.line(text.slice(start, end));
        start = end + 1;
      }
    }
  };
  for await (const chunk of chunks) {
    const last = chunk.lastIndexOf(lineFeed);
    if (last < 0) {
      rest = Buffer.concat([rest, chunk]);
      if (rest.length > mostLineBytes) {
        throw new RangeError(
          `${path}, line ${line + 1} has more than ${mostLineBytes} bytes; it is no word vector.`,
        );
      }
    } else {
      take(Buffer.concat([rest, chunk.subarray(0, last + 1)]));
      rest = chunk.subarray(last + 1);
    }
    onChunk();
  }
  if (rest.length > 0) take(rest);
}

function refuseInvalid(block: Buffer, path: string, linesBefore: number): never {
  let line = linesBefore + 1;
  let start = 0;
  for (;;) {
    const feed = block.indexOf(lineFeed, start);
    const end = feed < 0 ? block.length : feed;
    if (feed < 0 || !isUtf8(block.subarray(start, end))) break;
    start = end + 1;
    line += 1;
  }
  throw new RangeError(`${path}, line ${line} is not valid UTF-8.`);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'permission is denied',
  EISDIR: 'it is a folder, not a file',
  Z_BUF_ERROR: 'its gzip is truncated',
  Z_DATA_ERROR: 'its gzip is damaged',
};

function explain(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const reason = reasons[String(error.code)] ?? error.message;
  return new Error(`the word vectors ${path} cannot be read: ${reason} (${String(error.code)}).`, {
    cause: error,
  });
}
