import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ArchiveEntry, makeArchive } from '../../test/make-archive.js';
import { readTarEntries } from './read-tar-entries.js';

const wish = { files: ['a.bin', 'b.bin'], folder: 'd', fileBytes: 1000 };
const entries: readonly ArchiveEntry[] = [
  { name: 'd/', header: { type: 'directory' } },
  { name: 'd/a.bin', bytes: new Uint8Array(600).fill(1) },
  { name: 'd/b.bin', bytes: new Uint8Array(700).fill(2) },
  { name: 'other/c', bytes: Uint8Array.of(3) },
];

async function plainTar(): Promise<Buffer> {
  return gunzipSync(await makeArchive(entries));
}

/** Writes a field of the header at a byte, and the checksum that is right then. */
function change(tar: Buffer, header: number, at: number, field: string): void {
  tar.write(field, header + at, 'latin1');
  tar.fill(32, header + 148, header + 156);
  const sum = tar.subarray(header, header + 512).reduce((total, byte) => total + byte, 0);
  tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, header + 148);
}

const read = (bytes: Uint8Array, chunkBytes = bytes.length) => {
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunkBytes) }, (_, index) =>
    bytes.subarray(index * chunkBytes, (index + 1) * chunkBytes),
  );
  return readTarEntries(Readable.from(chunks), 'x.tar', wish);
};

describe('a tar archive', () => {
  it('is read gzipped or not, in chunks of any size', async () => {
    const tar = await plainTar();
    for (const bytes of [tar, gzipSync(tar)]) {
      for (const size of [1, 7, 511, 513, 100_000]) {
        const found = await read(bytes, size);
        expect([...found].map(([name, { length }]) => [name, length])).toEqual([
          ['a.bin', 600],
          ['b.bin', 700],
        ]);
      }
    }
  });

  it.each([
    ['00000000005 ', /damaged: the tar header at byte 1536 is invalid/],
    ['\x9e0000000000 ', /its size "\x9e.*" is no octal number/],
    ['\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff', /is no octal number/],
    ['-0000000001 ', /is no octal number/],
    ['\x80\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff', /its size is too large/],
    ['77777777777 ', /unpacks to more than/],
    ['00000200000 ', /has 65536 bytes, at most 1000 are right/],
  ])('whose size says %j is refused', async (size, message) => {
    const tar = await plainTar();
    change(tar, 512, 124, size);
    await expect(read(tar)).rejects.toThrow(message);
  });

  it.each(['1', '2', '3', '6', 'S', 'V'])('with an entry of type %s is refused', async (type) => {
    const tar = await plainTar();
    change(tar, 512, 156, type);
    await expect(read(tar)).rejects.toThrow('only files and folders are right; it was altered.');
  });

  it('takes long names of pax', async () => {
    const name = `${'long/'.repeat(60)}c`;
    const archive = await makeArchive([...entries, { name, bytes: Uint8Array.of(1) }]);
    expect((await read(archive)).size).toBe(2);
    await expect(read(await makeArchive([...entries, { name: `../${name}` }]))).rejects.toThrow(
      'points outside of it',
    );
  });

  it('of any damage settles: what was asked for, or a sentence', async () => {
    let state = 19;
    const random = (): number => (state = (state * 1664525 + 1013904223) % 2 ** 32) / 2 ** 32;
    const whole = (below: number): number => Math.floor(random() * below);
    const original = await plainTar();
    const fields = [0, 100, 124, 136, 148, 156, 157, 257, 263, 345];
    for (let trial = 0; trial < 600; trial += 1) {
      const tar = Buffer.from(original);
      const header = whole(tar.length / 512) * 512;
      const at = fields[whole(fields.length)]!;
      const text = Array.from({ length: 1 + whole(12) }, () =>
        String.fromCharCode(random() < 0.5 ? 48 + whole(8) : whole(256)),
      ).join('');
      if (random() < 0.8) change(tar, header, at, text);
      else tar.write(text, header + at, 'latin1');
      const end = random() < 0.2 ? whole(tar.length) : tar.length;
      const result = await read(tar.subarray(0, end), 1 + whole(2000)).catch((error: unknown) => error);
      if (result instanceof Map)
        expect([...(result as Map<string, Uint8Array>).keys()].sort()).toEqual(wish.files);
      else expect((result as Error).message).toMatch(/^x\.tar[ :]/);
    }
  });
});
