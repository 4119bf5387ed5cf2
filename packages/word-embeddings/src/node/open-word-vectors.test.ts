import { chmod, mkdir, readdir, readFile, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.js';
import { written } from '../../test/written.js';
import { classVectors } from '../class-vectors.js';
import {
  openWordVectors,
  type OpenWordVectorsOptions,
  type WordVectorsProgress,
} from './open-word-vectors.js';

let folder = '';
let cacheFolder = '';
beforeEach(async () => {
  folder = await temporaryFolder();
  cacheFolder = join(folder, 'cache');
});

async function file(name: string, contents: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, contents);
  return path;
}

/** 3 MB of words, so that lines and characters fall onto the borders of blocks. */
const entries = Array.from(
  { length: 30_000 },
  (_, index) => [`wörd${index}`, [index, ...new Array<number>(14).fill(0.125), -1]] as const,
);
const many = Buffer.from(written('glove', entries));

describe('openWordVectors', () => {
  it.each(['glove', 'word2vec-text', 'word2vec-binary', 'json'] as const)(
    'reads %s, plain and gzipped, whatever the file is called, with and without a cache',
    async (format) => {
      const bytes = written(format, entries);
      for (const [name, contents] of [
        ['plain.gz', bytes],
        ['zipped.txt', gzipSync(bytes)],
      ] as const) {
        const path = await file(name, contents);
        for (const options of [{ cache: false }, { cacheFolder }, { cacheFolder }]) {
          const all = await openWordVectors(path, options);
          expect([all.size, all.dimensions]).toEqual([30_000, 16]);
          const few = await openWordVectors(path, { ...options, words: ['wörd29999', 'absent', 'wörd7'] });
          expect([few.size, few.has('wörd8'), few.has('absent')]).toEqual([2, false, false]);
          expect([few.word(0), few.word(1)]).toEqual(['wörd7', 'wörd29999']);
          expect([...few.vocabulary]).toEqual([...all.vocabulary]);
          for (const index of [0, 7, 12_345, 29_999]) {
            expect([...all.vector(`wörd${index}`)!]).toEqual(entries[index]![1]);
            if (few.has(`wörd${index}`)) expect([...few.vector(`wörd${index}`)!]).toEqual(entries[index]![1]);
          }
        }
      }
      expect(await readdir(cacheFolder)).toHaveLength(2);
    },
  );

  it('tells how far it is', async () => {
    const path = await file('progress.txt', many);
    const seen: WordVectorsProgress[] = [];
    const onProgress = (progress: WordVectorsProgress): void => void seen.push(progress);
    await openWordVectors(path, { words: [], cache: false, onProgress });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.at(-1)).toEqual({ event: 'read', bytesDone: many.length, bytesTotal: many.length });
  });

  it('says the file and the line or byte of what it refuses, and keeps nothing of it', async () => {
    const refused: readonly (readonly [string | Uint8Array, string])[] = [
      ['', ' is empty; word vectors need at least one line.'],
      [
        'a x\n',
        ', line 1: "x" is not a finite number; 1 of 1 rows cannot be read: the file is damaged, or its format is another one.',
      ],
      ['PK\u0003\u0004', ' is a zip archive; unpack it first (unzip).'],
    ];
    for (const [contents, message] of refused) {
      for (const bytes of [contents, gzipSync(contents)]) {
        const path = await file('bad.txt', bytes);
        await expect(openWordVectors(path, { cacheFolder })).rejects.toThrow(
          new RangeError(`${path}${message}`),
        );
      }
    }
    expect(await readdir(cacheFolder)).toEqual([]);
  });

  it('says what is wrong with a file that cannot be read', async () => {
    const absent = join(folder, 'absent.txt');
    for (const cache of [true, false]) {
      await expect(openWordVectors(absent, { cache, cacheFolder })).rejects.toThrow(
        `the word vectors ${absent} cannot be read: it does not exist (ENOENT).`,
      );
      await expect(openWordVectors(folder, { cache, cacheFolder })).rejects.toThrow(
        'it is a folder, not a file (EISDIR).',
      );
    }
    await expect(openWordVectors('/dev/null', { cacheFolder })).rejects.toThrow('it is no regular file');
    const gzip = gzipSync(many);
    const short = await file('short.gz', gzip.subarray(0, gzip.length - 100));
    await expect(openWordVectors(short, { cacheFolder })).rejects.toThrow(
      `the word vectors ${short} cannot be read: it ends at byte ${gzip.length - 100}, in the middle of its gzip.`,
    );
    const damaged = await file('damaged.gz', gzip.fill(7, gzip.length - 8));
    await expect(openWordVectors(damaged, { cacheFolder })).rejects.toThrow(
      'its gzip is damaged (incorrect data check).',
    );
    expect(await readdir(cacheFolder)).toEqual([]);
  });

  it('reads gzip with zeros behind it, as tapes and block devices leave them', async () => {
    const path = await file('padded.gz', Buffer.concat([gzipSync(many), Buffer.alloc(3 << 20)]));
    for (const cache of [false, true]) {
      const table = await openWordVectors(path, { cache, cacheFolder, words: ['wörd29999'] });
      expect(table.has('wörd29999')).toBe(true);
    }
  });

  it('stops when told to, and leaves nothing half-done', async () => {
    const path = await file('stop.txt', many);
    const zipped = await file('stop.gz', gzipSync(many));
    const reason = new Error('enough');
    await expect(openWordVectors(path, { cacheFolder, signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    for (const one of [path, zipped]) {
      const controller = new AbortController();
      const work = openWordVectors(one, {
        cacheFolder,
        signal: controller.signal,
        onProgress: () => {
          controller.abort(reason);
        },
      });
      await expect(work).rejects.toBe(reason);
    }
    expect(await readdir(cacheFolder)).toEqual([]);
  });

  it('passes on what onProgress throws', async () => {
    const path = await file('throw.txt', many);
    const onProgress = (): never => {
      throw new Error('stop here');
    };
    await expect(openWordVectors(path, { cacheFolder, onProgress })).rejects.toThrow('stop here');
    expect(await readdir(cacheFolder)).toEqual([]);
  });

  it('either reads or refuses any bytes at all', async () => {
    const path = join(folder, 'fuzz.bin');
    const bytes = fc.uint8Array({ maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          bytes,
          bytes.map((some) => Uint8Array.from([0x1f, 0x8b, ...some])),
          bytes.map((some) => gzipSync(some)),
        ),
        async (contents) => {
          await writeFile(path, contents);
          const found = await openWordVectors(path, { cacheFolder }).catch((error: unknown) => error);
          if (found instanceof Error) expect(found.message).toContain(path);
          else expect((found as { dimensions: number }).dimensions).toBeGreaterThan(0);
        },
      ),
      { seed: 4, numRuns: 60 },
    );
  });
});

describe("openWordVectors's cache", () => {
  it('is used: with it the file is not read again', async () => {
    const path = await file('once.txt', many);
    const events: string[] = [];
    const options = { cacheFolder, onProgress: ({ event }: WordVectorsProgress) => void events.push(event) };
    await openWordVectors(path, { ...options, words: ['wörd1'] });
    expect(events.length).toBeGreaterThan(0);
    events.length = 0;
    expect((await openWordVectors(path, { ...options, words: ['wörd2'] })).size).toBe(1);
    expect((await openWordVectors(path, options)).size).toBe(30_000);
    expect(events).toEqual([]);
  });

  it('is made anew when the file changes, and when it is read in another way', async () => {
    const path = await file('changes.txt', 'a 1\nb 2\n');
    await openWordVectors(path, { cacheFolder });
    await writeFile(path, 'a 3\nb 4\n');
    await utimes(path, 1, 1);
    expect((await openWordVectors(path, { cacheFolder })).vector('a')).toEqual(Float32Array.of(3));
    await writeFile(path, 'a 3\na 4\n');
    expect((await openWordVectors(path, { cacheFolder, duplicates: 'keep-first' })).size).toBe(1);
    await expect(openWordVectors(path, { cacheFolder, duplicates: 'error' })).rejects.toThrow('there twice');
  });

  it('remembers which rows were skipped, so that it warns and refuses as the file does', async () => {
    const path = await file('odd.vec', '7 1\na 1\n 2\nb x\nc 3\nc 4\n');
    const onWarning = vi.fn();
    for (const options of [{ cache: false }, { cacheFolder }, { cacheFolder }]) {
      expect((await openWordVectors(path, { ...options, onWarning })).size).toBe(2);
      for (const [word, problem] of [
        ['b', 'line 4: "x" is not'],
        ['c', 'line 6: the word "c" is there twice'],
      ] as const) {
        await expect(openWordVectors(path, { ...options, words: ['a', word] })).rejects.toThrow(
          `${path} has no vector to use for "${word}": ${problem}`,
        );
        const words = await openWordVectors(path, {
          ...options,
          words: ['a', word],
          badRows: 'error-when-used',
        });
        expect(classVectors(['a'], words).rows[0]![0]).toBe(1);
        expect(() => classVectors([word], words)).toThrow(
          `the class name "${word}" needs the vector of "${word}"`,
        );
      }
    }
    expect(new Set(onWarning.mock.calls.flat())).toEqual(
      new Set([
        `${path}: skipped 3 rows: 1 without a word (line 3), 1 with something that is not a finite number (line 4), ` +
          '1 whose word was there before (line 6); the header says 7 words, and there are 5.',
      ]),
    );
    expect(onWarning).toHaveBeenCalledTimes(3);
  });

  it('is kept apart for each way of reading', async () => {
    const path = await file('ways.vec', Buffer.from('a 1\n\xe9 2\nb 3\n', 'latin1'));
    for (let time = 0; time < 2; time += 1) {
      const words = async (options: OpenWordVectorsOptions) => [
        ...(await openWordVectors(path, { ...options, cacheFolder })).vocabulary,
      ];
      expect(await words({})).toEqual(['a', 'b']);
      expect(await words({ encoding: 'latin1' })).toEqual(['a', 'é', 'b']);
      expect(await words({ unicodeErrors: 'replace' })).toEqual(['a', '\ufffd', 'b']);
      expect(await words({ limit: 1 })).toEqual(['a']);
    }
    expect(await readdir(cacheFolder)).toHaveLength(4);
    const zipped = await file('ways.gz', gzipSync(many));
    expect((await openWordVectors(zipped, { cacheFolder, limit: 5 })).size).toBe(5);
  });

  it('is made anew when it is damaged', async () => {
    const path = await file('damage.txt', 'a 1 5\nbc 2 -1\nd 0 0\n');
    await openWordVectors(path, { cacheFolder });
    const packed = join(cacheFolder, (await readdir(cacheFolder))[0]!);
    const good = await readFile(packed);
    await writeFile(packed, good.subarray(0, -1));
    const words = await openWordVectors(path, { cacheFolder, words: ['bc'] });
    expect(words.vector('bc')).toEqual(Float32Array.of(2, -1));
    expect(await readFile(packed)).toEqual(good);
  });

  it('may be absent: where it cannot be written, the vectors are there all the same', async () => {
    const path = await file('readonly.txt', many);
    const notFolder = await file('notFolder', '');
    const reasons: string[] = [];
    const onProgress = (progress: WordVectorsProgress): void => {
      if (progress.event === 'not-cached') reasons.push(progress.reason);
    };
    const words = await openWordVectors(path, {
      cacheFolder: join(notFolder, 'x'),
      words: ['wörd9'],
      onProgress,
    });
    expect(words.vector('wörd9')![0]).toBe(9);
    expect(reasons).toEqual(['a part of its path is a file, not a folder (ENOTDIR)']);
  });

  it('loses the leftovers of killed processes after a day, and only those', async () => {
    await mkdir(cacheFolder);
    const old = join(cacheFolder, '.unfinished-old');
    await writeFile(old, '');
    await utimes(old, 1, 1);
    await writeFile(join(cacheFolder, '.unfinished-new'), '');
    await openWordVectors(await file('a.txt', 'a 1\n'), { cacheFolder });
    const left = await readdir(cacheFolder);
    expect(left.filter((name) => name.startsWith('.'))).toEqual(['.unfinished-new']);
  });

  it('may be filled by several at once', async () => {
    const path = await file('several.txt', many);
    const tables = await Promise.all([1, 2, 3, 4].map(() => openWordVectors(path, { cacheFolder })));
    expect(tables.map(({ size }) => size)).toEqual([30_000, 30_000, 30_000, 30_000]);
    expect(await readdir(cacheFolder)).toHaveLength(1);
  });

  it('belongs to one path: a file of the same name elsewhere has its own', async () => {
    const path = await file('same.txt', 'a 1\n');
    await openWordVectors(path, { cacheFolder });
    await mkdir(join(folder, 'other'));
    await rename(path, join(folder, 'other', 'same.txt'));
    await chmod(join(folder, 'other', 'same.txt'), 0o644);
    await writeFile(path, 'a 2\n');
    expect((await openWordVectors(join(folder, 'other', 'same.txt'), { cacheFolder })).values[0]).toBe(1);
    expect((await openWordVectors(path, { cacheFolder })).values[0]).toBe(2);
    expect(await readdir(cacheFolder)).toHaveLength(2);
  });
});
