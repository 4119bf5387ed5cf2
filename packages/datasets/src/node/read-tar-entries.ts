import { posix } from 'node:path';
import type { Readable } from 'node:stream';
import type { ReadDownload } from './dataset-definition.js';
import { tarEntries, type TarEntry } from './tar-entries.js';
import { archiveError, unpackedChunks } from './unpacked-chunks.js';

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
 * Reads the requested files of a tar stream, gzipped or not, into memory, and the rest of it to the end, so that damage anywhere is found.
 * Nothing is written anywhere, whatever the archive says.
 *
 * @param archive - The archive's bytes.
 * @param name - What errors call it.
 * @throws {Error} When the archive is truncated, damaged or too large, lacks a requested file, or has an entry with an absolute path,
 * with `..`, or that is a link.
 */
export async function readTarEntries(
  archive: Readable,
  name: string,
  wish: TarWish,
  signal?: AbortSignal,
): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  let unpacked = 0;
  try {
    for await (const { path, type, size, chunks } of tarEntries(unpackedChunks(archive, name, signal))) {
      checkEntry(path, type, name);
      unpacked += size;
      if (unpacked > mostUnpackedBytes) {
        throw new Error(
          `${name} unpacks to more than ${mostUnpackedBytes} bytes; it is not the archive that it should be.`,
        );
      }
      if (type !== 'file' || !isWished(path, wish)) continue;
      const file = posix.basename(path);
      if (found.has(file)) throw new Error(`${name} has the file ${file} twice; it was altered.`);
      if (size > wish.fileBytes) {
        throw new Error(
          `${name}: the file ${file} has ${size} bytes, at most ${wish.fileBytes} are right; it was altered.`,
        );
      }
      const bytes = new Uint8Array(size);
      let at = 0;
      for await (const chunk of chunks) {
        bytes.set(chunk, at);
        at += chunk.length;
      }
      found.set(file, bytes);
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw archiveError(error, name);
  } finally {
    archive.destroy();
  }
  const missing = wish.files.filter((file) => !found.has(file));
  if (missing.length > 0) {
    throw new Error(`${name} lacks ${missing.join(', ')}; it is truncated or another archive.`);
  }
  return found;
}

function isWished(path: string, { files, folder }: TarWish): boolean {
  const clean = posix.normalize(path);
  const parent = posix.dirname(clean);
  return files.includes(posix.basename(clean)) && (parent === '.' || parent === folder);
}

function checkEntry(entry: string, type: TarEntry['type'], archive: string): void {
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
