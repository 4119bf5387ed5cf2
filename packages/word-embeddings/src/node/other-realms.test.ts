import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.js';
import { nearestWords } from '../nearest-words.js';
import { parseWordVectors } from '../parse-word-vectors.js';
import { wordVectors } from '../word-vectors.js';
import { isFileProblem, problemReason } from './file-problem.js';
import { openWordVectors } from './open-word-vectors.js';

const other = runInNewContext('({ Uint8Array, Float32Array, Error, Set })') as typeof globalThis;

it('takes bytes, numbers, lists and errors of other realms', async () => {
  const bytes = other.Uint8Array.from(Buffer.from('a 1 2\nb 3 4\n'));
  for (const source of [bytes, bytes.buffer]) {
    const words = parseWordVectors(source, { words: new other.Set(['b']) });
    expect([words.size, ...words.vector('b')!]).toEqual([1, 3, 4]);
    expect(nearestWords(words, new other.Float32Array([3, 4]))[0]!.word).toBe('b');
  }
  expect(wordVectors([['a', new other.Float32Array([1, 2])]]).vector('a')).toEqual(Float32Array.of(1, 2));
  const error = Object.assign(new other.Error('no'), { code: 'ENOSPC', syscall: 'write' });
  expect([isFileProblem(error), problemReason(error)]).toEqual([true, 'the disk is full (ENOSPC)']);
  expect([problemReason(new other.Error('no')), problemReason('no'), problemReason(undefined)]).toEqual([
    'no',
    'no',
    'undefined',
  ]);
  await expect(openWordVectors(join(await temporaryFolder(), 'none'), { cache: false })).rejects.toThrow(
    'does not exist',
  );
});

it('refuses one word where a list of words is meant', async () => {
  await expect(openWordVectors('x', { words: 'cat' })).rejects.toThrow(
    'words must be a list, such as ["cat"]',
  );
});
