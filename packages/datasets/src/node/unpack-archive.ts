import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { isFileProblem, problemReason } from './file-problem.js';
import { gzipError } from './read-tar-entries.js';

/** What is taken from an archive, and how much it may be. */
export interface UnpackWish {
  readonly format: 'zip' | 'tar.gz';
  /** The folder in the archive that is unpacked; what is outside of it is passed over. */
  readonly folder: string;
  readonly mostBytes: number;
  readonly mostFiles: number;
  readonly signal?: AbortSignal;
}

interface Entry {
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'other';
  readonly bytes: number;
  readonly open: () => Promise<Readable>;
}

/**
 * Unpacks one folder of an archive into a folder that must be empty. Refuses, before anything of it is written, an entry that is a link or whose path is absolute, has `..` or a backslash,
 * comes twice, or is too much.
 *
 * @param archive - The archive's path.
 * @param name - What errors call it.
 * @param target - Where to.
 * @throws {Error} When it is truncated, damaged, altered or larger than it may be.
 */
export async function unpackArchive(
  archive: string,
  name: string,
  target: string,
  wish: UnpackWish,
): Promise<{ readonly files: number; readonly bytes: number }> {
  let [files, bytes] = [0, 0];
  const seen = new Set<string>();
  const take = async ({ path, kind, bytes: size, open }: Entry): Promise<void> => {
    wish.signal?.throwIfAborted();
    if (/^[/\\]|^[a-z]:|\\|\0/i.test(path) || path.split('/').includes('..')) {
      throw new Error(`${name} has an entry "${path}" that points outside of it; it was altered.`);
    }
    if (kind === 'other') {
      throw new Error(`${name} has an entry "${path}" that is neither a file nor a folder; it was altered.`);
    }
    const clean = path.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
    if (kind === 'folder' || !clean.startsWith(`${wish.folder}/`)) return;
    if (seen.has(clean)) throw new Error(`${name} has the file ${clean} twice; it was altered.`);
    seen.add(clean);
    files += 1;
    bytes += size;
    if (files > wish.mostFiles || bytes > wish.mostBytes) {
      throw new Error(
        `${name} unpacks to more than ${wish.mostFiles} files or ${wish.mostBytes} bytes; it is not the archive that it should be.`,
      );
    }
    const file = join(target, clean);
    await mkdir(dirname(file), { recursive: true });
    await pipeline(await open(), createWriteStream(file, { flags: 'wx' }));
  };
  if (wish.format === 'zip') await readZip(archive, name, take, wish.signal);
  else await readTarGz(archive, name, take, wish.signal);
  if (files === 0) throw new Error(`${name} has no folder ${wish.folder}; it is another archive.`);
  return { files, bytes };
}

type Take = (entry: Entry) => Promise<void>;

async function readTarGz(archive: string, name: string, take: Take, signal?: AbortSignal): Promise<void> {
  const gunzip = createGunzip();
  const entries = extract();
  const kinds: Partial<Record<NonNullable<Header['type']>, Entry['kind']>> = {
    file: 'file',
    directory: 'folder',
  };
  const reading = (async () => {
    for await (const entry of entries) {
      const { name: path, type, size } = entry.header;
      const open = () => Promise.resolve(entry as unknown as Readable);
      await take({ path, kind: kinds[type] ?? 'other', bytes: size, open });
      // Of what was passed over; to an entry that was read it does nothing.
      entry.resume();
    }
  })();
  try {
    await Promise.all([pipeline(createReadStream(archive), gunzip, entries, { signal }), reading]);
  } catch (error) {
    signal?.throwIfAborted();
    throw gzipError(error, name, gunzip.bytesWritten);
  }
}

async function readZip(archive: string, name: string, take: Take, signal?: AbortSignal): Promise<void> {
  const { openPromise } = await import('yauzl');
  try {
    const zip = await openPromise(archive, { strictFileNames: true, autoClose: false });
    try {
      for await (const entry of zip.eachEntry()) {
        const path = entry.fileName;
        await take({
          path,
          kind: zipKind(path, entry.externalFileAttributes),
          bytes: entry.uncompressedSize,
          open: () => zip.openReadStreamPromise(entry),
        });
      }
    } finally {
      zip.close();
    }
  } catch (error) {
    signal?.throwIfAborted();
    const reason = problemReason(error);
    if (isFileProblem(error) || reason.startsWith(name)) throw error;
    throw new Error(
      `${name} cannot be unpacked: ${reason.replace(/\.$/, '')}; it is damaged or was altered.`,
      {
        cause: error,
      },
    );
  }
}

/** Archives from Unix keep the kind of a file in the upper half of its attributes. */
function zipKind(path: string, attributes: number): Entry['kind'] {
  const kind = (attributes >>> 16) & 0o170000;
  if (kind !== 0 && kind !== 0o100000 && kind !== 0o040000) return 'other';
  return path.endsWith('/') ? 'folder' : 'file';
}
