import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.js';
import { OddRows } from '../odd-rows.js';
import { createPackedWriter } from './packed-writer.js';
import { readPacked } from './read-packed.js';

const encoder = new TextEncoder();

async function pack(entries: Readonly<Record<string, readonly number[]>>, note = 'note'): Promise<string> {
  const path = join(await temporaryFolder(), 'x.words');
  const writer = await createPackedWriter(path);
  writer.begin(Object.values(entries)[0]!.length);
  for (const [word, vector] of Object.entries(entries)) {
    const bytes = encoder.encode(word);
    writer.take(bytes, 0, bytes.length, Float32Array.from(vector));
    await writer.flush();
  }
  await writer.finish(note, new OddRows());
  return path;
}

const entries = { a: [1, 5], bc: [2, -1], é: [0, 0.5] };

describe('readPacked', () => {
  it('reads all rows or some of them, in the order of the file', async () => {
    const path = await pack(entries);
    const all = (await readPacked(path, 'note'))!.table;
    expect([...all.values]).toEqual([1, 5, 2, -1, 0, 0.5]);
    const some = (await readPacked(path, 'note', new Set(['é', 'x', 'a'])))!.table;
    expect([...some.values]).toEqual([1, 5, 0, 0.5]);
    expect([some.word(0), some.word(1), some.row('bc')]).toEqual(['a', 'é', -1]);
    expect([...some.vocabulary]).toEqual(['a', 'bc', 'é']);
  });

  it('has nothing where there is no file, or one of another source', async () => {
    expect(await readPacked(await pack(entries), 'other note')).toBeUndefined();
    expect(await readPacked('/nowhere/x.words', 'note')).toBeUndefined();
  });

  it('notices a byte that changes and bytes that lack', async () => {
    const path = await pack(entries);
    const good = await readFile(path);
    for (let at = 0; at < good.length; at += at < 150 ? 1 : 7) {
      const bad = Buffer.from(good);
      bad[at]! ^= 1 << (at % 8);
      await writeFile(path, bad);
      expect(await readPacked(path, 'note'), `byte ${at}`).toBeUndefined();
    }
    for (let length = 0; length < good.length; length += 23) {
      await writeFile(path, good.subarray(0, length));
      expect(await readPacked(path, 'note', new Set(['a'])), `${length} bytes`).toBeUndefined();
    }
  });

  it('believes no header: whatever it says with a right checksum, nothing hangs and nothing large is allocated', async () => {
    const path = await pack(entries);
    const good = await readFile(path);
    const field = fc.tuple(fc.integer({ min: 2, max: 7 }), fc.oneof(fc.nat(20), fc.nat(2 ** 32 - 1)));
    const byte = fc.tuple(fc.integer({ min: 88, max: good.length - 1 }), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(
        fc.array(field, { maxLength: 2 }),
        fc.array(byte, { maxLength: 3 }),
        async (fields, bytes) => {
          const bad = Buffer.from(good);
          for (const [at, value] of bytes) bad[at] = value;
          bad.writeUInt32LE(crc32(bad.subarray(88)), 28);
          for (const [at, value] of fields) bad.writeUInt32LE(value, 4 * at);
          bad.writeUInt32LE(crc32(bad.subarray(0, 60)), 60);
          await writeFile(path, bad);
          const words = await readPacked(path, 'note', new Set(['a', 'zzz', 'é']));
          if (words) expect(words.table.values.length).toBeLessThanOrEqual(6);
        },
      ),
      { seed: 13, numRuns: 500 },
    );
  });
});
