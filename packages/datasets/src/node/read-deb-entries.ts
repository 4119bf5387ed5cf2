import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { notData } from '../not-data.js';
import type { ReadDownload } from './dataset-definition.js';
import { readTarEntries, type TarWish } from './read-tar-entries.js';

const magic = '!<arch>\n';
const headerBytes = 60;

/** Reads the wished files of a Debian package: an `ar` archive whose member `data.tar.xz` holds them. */
export function debEntriesReader(wish: TarWish): ReadDownload {
  return async (file, name, signal) => {
    const bytes = await buffer(file);
    const data = arMember(bytes, name, 'data.tar.xz');
    const { XzReadableStream } = await import('xz-decompress');
    const packed = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(data);
        controller.close();
      },
    });
    try {
      const tar = Readable.fromWeb(new XzReadableStream(packed) as Parameters<typeof Readable.fromWeb>[0]);
      return await readTarEntries(tar, name, wish, signal);
    } catch (error) {
      signal?.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${name} cannot be read as a Debian package: ${reason.replace(/\.$/, '')}.`, {
        cause: error,
      });
    }
  };
}

/**
 * One member of an `ar` archive, as a view of its memory.
 *
 * @throws {Error} When these bytes are no such archive, a header in it is damaged, or it ends before a member does or lacks the wished one.
 */
export function arMember(archive: Uint8Array, name: string, wished: string): Uint8Array {
  const text = (start: number, end: number): string => String.fromCharCode(...archive.subarray(start, end));
  const other = notData(archive);
  if (other !== undefined) throw new Error(`${name} is ${other}.`);
  if (text(0, magic.length) !== magic)
    throw new Error(`${name} is no Debian package: it does not begin with "!<arch>".`);
  for (let at = magic.length; at < archive.length;) {
    const size = /^\d{1,10} *$/.exec(text(at + 48, at + 58));
    if (text(at + 58, at + headerBytes) !== '`\n' || !size) {
      throw new Error(`${name} is damaged: there is no member's header at byte ${at}.`);
    }
    const start = at + headerBytes;
    const end = start + Number(size[0]);
    if (end > archive.length) {
      throw new Error(
        `${name} is truncated: a member goes on to byte ${end}, the file ends at byte ${archive.length}.`,
      );
    }
    if (
      text(at, at + 16)
        .trimEnd()
        .replace(/\/$/, '') === wished
    )
      return archive.subarray(start, end);
    // Members begin at even bytes.
    at = end + (end % 2);
  }
  throw new Error(`${name} lacks its member ${wished}.`);
}
