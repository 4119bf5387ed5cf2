import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWordVectors } from './open-word-vectors.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperspherical-words-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, contents: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, contents);
  return path;
}

/** 3 MB of words, so that lines and characters fall onto the borders of blocks. */
const many = Array.from(
  { length: 30_000 },
  (_, index) => `wörd${index} ${index} ${'0.125 '.repeat(14)}-1`,
).join('\n');

describe('openWordVectors', () => {
  it('reads plain and gzipped files, whatever they are called', async () => {
    const plain = await file('glove.gz', many);
    const gzipped = await file('glove.txt', gzipSync(many));
    for (const path of [plain, gzipped]) {
      const words = await openWordVectors(path);
      expect(words.dimensions).toBe(16);
      for (const index of [0, 1, 12_345, 29_999]) {
        expect([...words.vector(`wörd${index}`)!]).toEqual([index, ...new Array<number>(14).fill(0.125), -1]);
      }
    }
  });

  it('keeps only the wanted words', async () => {
    const words = await openWordVectors(await file('some.txt', many), { words: ['wörd7', 'absent'] });
    expect([words.has('wörd7'), words.has('wörd8'), words.has('absent')]).toEqual([true, false, false]);
  });

  it('tells how far it is', async () => {
    const path = await file('progress.txt', many);
    const seen: number[] = [];
    let total = 0;
    await openWordVectors(path, {
      words: [],
      onProgress: ({ bytesDone, bytesTotal }) => {
        seen.push(bytesDone);
        total = bytesTotal;
      },
    });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(total);
    expect(total).toBe(Buffer.byteLength(many));
  });

  it('says the file and the line of what it refuses', async () => {
    const refused: readonly (readonly [string | Uint8Array, string])[] = [
      ['', ' is empty; word vectors need at least one line.'],
      [`${many}\nlast 1 2`, ', line 30001: it has 2 numbers after the word; line 1 has 16.'],
      [
        `${many}\nwörd5 ${'1 '.repeat(15)}1`,
        ', line 30001: the word "wörd5" is there twice, first in line 6.',
      ],
      [`a 1\nb x\n`, ', line 2: "x" is not a finite number.'],
      [
        Buffer.concat([Buffer.from(`${many}\n`), Buffer.of(0xc3, 0x28), Buffer.from(' 1\n')]),
        ', line 30001 is not valid UTF-8.',
      ],
      [Buffer.from([0x61, 0x20, 0x31, 0x0a, 0xff]), ', line 2 is not valid UTF-8.'],
    ];
    for (const [contents, message] of refused) {
      const path = await file('bad.txt', contents);
      await expect(openWordVectors(path)).rejects.toThrow(new RangeError(`${path}${message}`));
    }
  });

  it('says what is wrong with a file that cannot be read', async () => {
    const absent = join(folder, 'absent.txt');
    await expect(openWordVectors(absent)).rejects.toThrow(
      `the word vectors ${absent} cannot be read: it does not exist (ENOENT).`,
    );
    await expect(openWordVectors(folder)).rejects.toThrow('it is a folder, not a file (EISDIR).');
    const gzip = gzipSync(many);
    const short = await file('short.gz', gzip.subarray(0, gzip.length - 100));
    await expect(openWordVectors(short)).rejects.toThrow(
      `the word vectors ${short} cannot be read: its gzip is truncated (Z_BUF_ERROR).`,
    );
    const damaged = await file('damaged.gz', gzip.fill(7, gzip.length - 8));
    await expect(openWordVectors(damaged)).rejects.toThrow('its gzip is damaged (Z_DATA_ERROR).');
  });

  it('refuses a line without an end', async () => {
    const path = await file('long.txt', `a ${'1 '.repeat(9_000_000)}`);
    await expect(openWordVectors(path, { words: [] })).rejects.toThrow(
      `${path}, line 1 has more than 16777216 bytes; it is no word vector.`,
    );
  });

  it('stops when told to', async () => {
    const path = await file('stop.txt', many);
    const reason = new Error('enough');
    await expect(openWordVectors(path, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const work = openWordVectors(path, {
      signal: controller.signal,
      onProgress: () => {
        controller.abort(reason);
      },
    });
    await expect(work).rejects.toBe(reason);
  });

  it('either reads or refuses any bytes at all', async () => {
    const path = join(folder, 'fuzz.bin');
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 60 }),
          fc.uint8Array({ maxLength: 60 }).map((bytes) => Uint8Array.from([0x1f, 0x8b, ...bytes])),
          fc.uint8Array({ maxLength: 60 }).map((bytes) => gzipSync(bytes)),
        ),
        async (bytes) => {
          await writeFile(path, bytes);
          const found = await openWordVectors(path).catch((error: unknown) => error);
          if (found instanceof Error) expect(found.message).toContain(path);
          else expect((found as { dimensions: number }).dimensions).toBeGreaterThan(0);
        },
      ),
      { seed: 4, numRuns: 300 },
    );
  });
});
