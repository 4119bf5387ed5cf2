import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArchiveEntry, makeArchive } from '../../test/make-archive.js';
import { readTarEntries } from './read-tar-entries.js';

const bytes = Uint8Array.from({ length: 3000 }, (_, at) => (at * at) % 251);
const wish = { files: ['a.bin', 'b.bin'], folder: 'data', fileBytes: 3000 };
const good: readonly ArchiveEntry[] = [
  { name: 'data/', header: { type: 'directory' } },
  { name: 'data/a.bin', bytes },
  { name: 'data/readme.html', bytes: Uint8Array.of(9) },
  { name: 'data/b.bin', bytes: bytes.subarray(0, 10) },
];

async function read(archive: Uint8Array): Promise<Map<string, Uint8Array>> {
  return readTarEntries(Readable.from([archive]), 'x.tar.gz', wish);
}

async function readEntries(...entries: readonly ArchiveEntry[]): Promise<Map<string, Uint8Array>> {
  return read(await makeArchive(entries));
}

describe('readTarEntries', () => {
  it('reads the wished files, and only these', async () => {
    const found = await readEntries(...good);
    expect([...found.keys()]).toEqual(['a.bin', 'b.bin']);
    expect(Buffer.compare(found.get('a.bin')!, bytes)).toBe(0);
    expect(found.get('b.bin')).toEqual(bytes.subarray(0, 10));
  });

  it('reads them at the top of the archive too, but from no other folder', async () => {
    const top = await readEntries({ name: './a.bin', bytes }, { name: 'b.bin', bytes });
    expect([...top.keys()]).toEqual(['a.bin', 'b.bin']);
    await expect(readEntries({ name: 'other/a.bin', bytes }, { name: 'b.bin', bytes })).rejects.toThrow(
      'x.tar.gz lacks a.bin; it is truncated or another archive.',
    );
  });

  it.each(['../a.bin', 'data/../../a.bin', '/etc/passwd', 'C:/a.bin', 'data\\..\\a.bin'])(
    'refuses an entry called %s',
    async (name) => {
      await expect(readEntries(...good, { name, bytes })).rejects.toThrow(
        `x.tar.gz has an entry "${name}" that points outside of it; it was altered.`,
      );
    },
  );

  it('refuses links', async () => {
    for (const type of ['symlink', 'link'] as const) {
      const link = { name: 'data/c.bin', header: { type, linkname: '/etc/passwd' } };
      await expect(readEntries(...good, link)).rejects.toThrow(
        `x.tar.gz has an entry "data/c.bin" of type ${type}; only files and folders are right; it was altered.`,
      );
    }
  });

  it('refuses a file that comes twice or is too large', async () => {
    await expect(readEntries(...good, { name: 'a.bin', bytes })).rejects.toThrow('has the file a.bin twice');
    await expect(readEntries({ name: 'a.bin', bytes: new Uint8Array(3001) })).rejects.toThrow(
      'x.tar.gz: the file a.bin has 3001 bytes, at most 3000 are right; it was altered.',
    );
  });

  it('does not allocate what a header promises and the archive does not hold', async () => {
    const tar = gunzipSync(await makeArchive(good));
    const sizeField = 512 + 124;
    tar.write('77777777777', sizeField);
    let sum = 8 * 32;
    for (let at = 0; at < 512; at += 1) if (at < 148 || at > 155) sum += tar[512 + at]!;
    tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 512 + 148);
    await expect(read(gzipSync(tar))).rejects.toThrow('x.tar.gz unpacks to more than 1073741824 bytes');
  });

  it('says where a truncated archive ends, wherever that is', async () => {
    const archive = await makeArchive(good);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: archive.length - 1 }), async (length) => {
        await expect(read(archive.subarray(0, length))).rejects.toThrow(
          /^x\.tar\.gz (is truncated: it ends at byte \d+|lacks )/,
        );
      }),
      { seed: 6, numRuns: 60 },
    );
  });

  it('refuses a changed byte, or reads the same files all the same', async () => {
    const archive = await makeArchive(good);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: archive.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, change) => {
          const altered = Uint8Array.from(archive);
          altered[at]! ^= change;
          const found = await read(altered).catch((error: unknown) => error);
          // Gzip's time stamp, its filling bits and what comes after the last file change nothing.
          if (found instanceof Map) {
            expect(Buffer.compare(found.get('a.bin') as Uint8Array, bytes)).toBe(0);
            expect(Buffer.compare(found.get('b.bin') as Uint8Array, bytes.subarray(0, 10))).toBe(0);
          } else
            expect((found as Error).message).toMatch(
              /^x\.tar\.gz (is damaged|is neither a tar|is truncated|lacks)/,
            );
        },
      ),
      { seed: 7, numRuns: 100 },
    );
  });

  it('calls an HTML page in place of the archive that', async () => {
    await expect(read(Buffer.from('<html>not found</html>'))).rejects.toThrow(
      'x.tar.gz is an HTML page (of a login or an error), not the data; open its address in a browser',
    );
  });

  it('refuses gzip that holds no tar', async () => {
    await expect(read(gzipSync(Buffer.alloc(1024, 'x')))).rejects.toThrow(
      'x.tar.gz is neither a tar archive, gzipped or not, nor a zip archive.',
    );
  });

  it('stops when told to', async () => {
    const archive = await makeArchive(good);
    const reason = new Error('enough');
    await expect(
      readTarEntries(Readable.from([archive]), 'x.tar.gz', wish, AbortSignal.abort(reason)),
    ).rejects.toBe(reason);
  });
});
