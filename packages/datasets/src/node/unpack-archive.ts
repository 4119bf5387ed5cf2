import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isFileProblem, problemReason } from './file-problem.js';
import { tarEntries } from './tar-entries.js';
import { archiveError, unpackedChunks } from './unpacked-chunks.js';

/** What is taken from an archive, and how much it may be. */
export interface UnpackWish {
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
 * Unpacks one folder of a zip or tar archive, gzipped or not, into a folder that must be empty. Refuses, before anything of it is written, an entry that is a link or whose path is absolute, has `..` or a backslash,
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
  const take = async ({ path, kind, bytes: size, open: openEntry }: Entry): Promise<void> => {
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
    await pipeline(await openEntry(), createWriteStream(file, { flags: 'wx' }));
  };
  // First bytes say what it is, not its name.
  if (await isZip(archive)) await readZip(archive, name, take, wish.signal);
  else await readTar(archive, name, take, wish.signal);
  if (files === 0) throw new Error(`${name} has no folder ${wish.folder}; it is another archive.`);
  return { files, bytes };
}

type Take = (entry: Entry) => Promise<void>;

async function readTar(archive: string, name: string, take: Take, signal?: AbortSignal): Promise<void> {
  const file = createReadStream(archive);
  try {
    for await (const { path, type, size, chunks } of tarEntries(unpackedChunks(file, name, signal))) {
      const kind = type === 'directory' ? 'folder' : type === 'file' ? 'file' : 'other';
      await take({ path, kind, bytes: size, open: () => Promise.resolve(Readable.from(chunks)) });
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw archiveError(error, name);
  } finally {
    file.destroy();
  }
}

async function isZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1') === 'PK\x03\x04';
  } finally {
    await file.close();
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
