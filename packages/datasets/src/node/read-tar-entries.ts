import { basename, dirname, posix } from 'node:path';
import type { Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import type { ReadDownload } from './dataset-definition.js';

/** What to read from an archive. */
export interface TarWish {
  /** Names of files, without folders. */
  readonly files: readonly string[];
  /** The folder in the archive that they are in; they may also be at its top. */
  readonly folder: string;
  /** The most bytes that one of them may have. */
  readonly fileBytes: number;
}

const mostUnpackedBytes = 2 ** 30;

/** `readTarEntries` as a download's reader. */
export function tarEntriesReader(wish: TarWish): ReadDownload {
  return (file, name, signal) => readTarEntries(file, name, wish, signal);
}

/**
 * Reads the wished files of a gzipped tar stream into memory, and the rest of it to the end, so that damage anywhere is found.
 * Nothing is written anywhere, whatever the archive says.
 *
 * @param archive - The archive's bytes.
 * @param name - What errors call it.
 * @throws {Error} When the archive is truncated, damaged or too large, lacks a wished file, or has an entry with an absolute path,
 * with `..`, or that is a link.
 */
export async function readTarEntries(
  archive: Readable,
  name: string,
  wish: TarWish,
  signal?: AbortSignal,
): Promise<Map<string, Uint8Array>> {
  const gunzip = createGunzip();
  try {
    return await readUnpackedEntries([archive, gunzip], name, wish, signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw gzipError(error, name, gunzip.bytesWritten);
  }
}

/** `readTarEntries` for a tar stream that comes out of these, one after the other. */
export async function readUnpackedEntries(
  streams: readonly [Readable, ...Duplex[]],
  name: string,
  wish: TarWish,
  signal?: AbortSignal,
): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  const entries = extract();
  const reading = (async () => {
    let unpacked = 0;
    for await (const entry of entries) {
      checkEntry(entry.header, name);
      const { size } = entry.header;
      unpacked += size;
      if (unpacked > mostUnpackedBytes) {
        throw new Error(
          `${name} unpacks to more than ${mostUnpackedBytes} bytes; it is not the archive that it should be.`,
        );
      }
      if (entry.header.type === 'file' && isWished(entry.header.name, wish)) {
        const file = basename(entry.header.name);
        if (found.has(file)) throw new Error(`${name} has the file ${file} twice; it was altered.`);
        if (size > wish.fileBytes) {
          throw new Error(
            `${name}: the file ${file} has ${size} bytes, at most ${wish.fileBytes} are right; it was altered.`,
          );
        }
        const bytes = new Uint8Array(size);
        let at = 0;
        for await (const chunk of entry as AsyncIterable<Uint8Array>) {
          bytes.set(chunk, at);
          at += chunk.length;
        }
        found.set(file, bytes);
      } else {
        entry.resume();
      }
    }
  })();
  await Promise.all([pipeline([...streams, entries], { signal }), reading]);
  const missing = wish.files.filter((file) => !found.has(file));
  if (missing.length > 0) {
    throw new Error(`${name} lacks ${missing.join(', ')}; it is truncated or another archive.`);
  }
  return found;
}

function isWished(path: string, { files, folder }: TarWish): boolean {
  const clean = posix.normalize(path);
  const parent = dirname(clean);
  return files.includes(basename(clean)) && (parent === '.' || parent === folder);
}

function checkEntry({ name: entry, type }: Header, archive: string): void {
  const unsafe = entry.startsWith('/') || /^[a-z]:/i.test(entry) || entry.split(/[/\\\\]/).includes('..');
  if (unsafe) {
    throw new Error(`${archive} has an entry "${entry}" that points outside of it; it was altered.`);
  }
  if (type !== 'file' && type !== 'directory') {
    throw new Error(
      `${archive} has an entry "${entry}" of type ${type}; only files and folders are right; it was altered.`,
    );
  }
}

/** What went wrong with a gzipped file, in words; `byte` is how far it was read. Other errors stay as they are. */
export function gzipError(error: unknown, name: string, byte: number): unknown {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (code === 'Z_BUF_ERROR' || message === 'Unexpected end of data') {
    return new Error(`${name} is truncated: it ends at byte ${byte}, in the middle of its contents.`, {
      cause: error,
    });
  }
  if (code.startsWith('Z_') || message.startsWith('Invalid tar header')) {
    return new Error(`${name} is damaged near byte ${byte}: ${message}.`, { cause: error });
  }
  return error;
}
