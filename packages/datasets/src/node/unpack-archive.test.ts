import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { type ArchiveEntry, makeArchive } from '../../test/make-archive.js';
import { temporaryFolder } from '../../test/temporary-folder.js';
import { unpackArchive, type UnpackWish } from './unpack-archive.js';

const bytes = Uint8Array.from({ length: 3000 }, (_, at) => (at * at) % 251);

const wish: UnpackWish = { folder: 'data', mostBytes: 10_000, mostFiles: 3 };

async function makeZip(entries: readonly (readonly [path: string, bytes: Uint8Array, mode?: number])[]) {
  const zip = new ZipFile();
  for (const [path, contents, mode] of entries) {
    zip.addBuffer(Buffer.from(contents), path, { mtime: new Date(0), ...(mode !== undefined && { mode }) });
  }
  zip.end();
  return buffer(zip.outputStream);
}

async function unpack(archive: Uint8Array, changes: Partial<UnpackWish> = {}) {
  const folder = await temporaryFolder();
  const path = join(folder, 'archive');
  const target = join(folder, 'target');
  await writeFile(path, archive);
  return { folder, target, done: await unpackArchive(path, 'x.zip', target, { ...wish, ...changes }) };
}

/** Names are checked when a zip is made, so that wrong ones must be put in afterwards. */
function renamed(zip: Buffer, from: string, to: string): Buffer {
  const changed = Buffer.from(zip);
  for (let at = changed.indexOf(from); at >= 0; at = changed.indexOf(from, at + 1))
    changed.write(to, at, 'latin1');
  return changed;
}

describe('unpackArchive of a zip', () => {
  it('unpacks one folder and passes over the rest', async () => {
    const { target, done } = await unpack(
      await makeZip([
        ['data/a.bin', bytes],
        ['data/in/b.bin', bytes],
        ['else.txt', bytes],
      ]),
    );
    expect(done).toEqual({ files: 2, bytes: 6000 });
    expect(await readdir(target, { recursive: true })).toEqual([
      'data',
      'data/a.bin',
      'data/in',
      'data/in/b.bin',
    ]);
    expect(Buffer.compare(await readFile(join(target, 'data/in/b.bin')), bytes)).toBe(0);
  });

  it.each(['../aaa.bin', 'data/../..', '/data/aaaa', 'C:\\aaaaaaa', 'data\\..\\aa'])(
    'refuses an entry called %s',
    async (name) => {
      const honest = 'd'.repeat(name.length);
      const zip = renamed(
        await makeZip([
          ['data/fine', bytes],
          [honest, bytes],
        ]),
        honest,
        name,
      );
      await expect(unpack(zip)).rejects.toThrow(/^x\.zip (has an entry|cannot be unpacked: )/);
    },
  );

  it('refuses links, files that come twice, and more than there may be', async () => {
    await expect(
      unpack(await makeZip([['data/link', Buffer.from('/etc/passwd'), 0o120777]])),
    ).rejects.toThrow('x.zip has an entry "data/link" that is neither a file nor a folder; it was altered.');
    await expect(
      unpack(
        await makeZip([
          ['data/a', bytes],
          ['data/a', bytes],
        ]),
      ),
    ).rejects.toThrow('has the file data/a twice');
    const many = await makeZip(['a', 'b', 'c', 'd'].map((name) => [`data/${name}`, bytes] as const));
    await expect(unpack(many)).rejects.toThrow('unpacks to more than 3 files or 10000 bytes');
    await expect(unpack(await makeZip([['data/a', new Uint8Array(20_000)]]))).rejects.toThrow(
      'unpacks to more than',
    );
    await expect(unpack(await makeZip([['other/a', bytes]]))).rejects.toThrow(
      'x.zip has no folder data; it is another archive.',
    );
  });

  it('refuses contents that are larger than the header says, truncated or no zip', async () => {
    const zip = await makeZip([['data/a', new Uint8Array(5000)]]);
    const lying = Buffer.from(zip);
    const directory = lying.indexOf('PK\u0001\u0002');
    lying.writeUInt32LE(10, directory + 24);
    await expect(unpack(lying)).rejects.toThrow(
      /^x\.zip cannot be unpacked: .*; it is damaged or was altered\.$/,
    );
    await expect(unpack(zip.subarray(0, 40))).rejects.toThrow('x.zip cannot be unpacked: ');
    await expect(unpack(bytes)).rejects.toThrow(
      'x.zip is neither a tar archive, gzipped or not, nor a zip archive.',
    );
  });

  it('of changed bytes either unpacks into its folder or says what is wrong, and writes nowhere else', async () => {
    const zip = await makeZip([
      ['data/a.bin', bytes.subarray(0, 50)],
      ['data/b.bin', bytes.subarray(0, 10)],
    ]);
    await fc.assert(
      fc.asyncProperty(fc.nat(zip.length - 1), fc.nat(255), async (at, byte) => {
        const changed = Buffer.from(zip);
        changed[at] = byte;
        const folder = await temporaryFolder();
        await writeFile(join(folder, 'archive'), changed);
        try {
          await unpackArchive(join(folder, 'archive'), 'x.zip', join(folder, 'target'), wish);
        } catch (error) {
          expect((error as Error).message).toMatch(/^x\.zip /);
        }
        expect((await readdir(folder)).filter((name) => name !== 'target')).toEqual(['archive']);
      }),
      { seed: 10, numRuns: 150 },
    );
  });
});

describe('unpackArchive of a gzipped tar', () => {
  const tar = (...entries: readonly ArchiveEntry[]) => makeArchive(entries);

  it('unpacks one folder and passes over the rest', async () => {
    const archive = await tar(
      { name: './data/', header: { type: 'directory' } },
      { name: './data/a', bytes },
      { name: 'else', bytes },
    );
    const { target, done } = await unpack(archive);
    expect(done).toEqual({ files: 1, bytes: 3000 });
    expect(Buffer.compare(await readFile(join(target, 'data/a')), bytes)).toBe(0);
  });

  it('refuses paths that lead out, links, doubles, and what is truncated', async () => {
    for (const name of ['../a', '/a', 'data/../../a', 'data\\..\\a']) {
      await expect(unpack(await tar({ name, bytes }))).rejects.toThrow('points outside of it');
    }
    for (const type of ['symlink', 'link'] as const) {
      const link = { name: 'data/c', header: { type, linkname: '/etc/passwd' } };
      await expect(unpack(await tar(link))).rejects.toThrow('neither a file nor a folder');
    }
    await expect(unpack(await tar({ name: 'data/a', bytes }, { name: 'data/a', bytes }))).rejects.toThrow(
      'twice',
    );
    const archive = await tar({ name: 'data/a', bytes });
    await expect(unpack(archive.subarray(0, archive.length - 20))).rejects.toThrow('x.zip is truncated');
  });
});
