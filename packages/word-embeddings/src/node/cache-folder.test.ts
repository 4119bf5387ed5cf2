import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { wordsFolder } from './cache-folder.js';

it('keeps words where it is told to, else in the cache of the project, of the desktop, or of the user', () => {
  expect(wordsFolder('here')).toBe(resolve('here'));
  expect(wordsFolder(undefined, { HYPERSPHERICAL_CACHE: '/own' })).toBe('/own/word-embeddings');
  expect(wordsFolder(undefined, { XDG_CACHE_HOME: '/xdg' })).toBe('/xdg/hyperspherical/word-embeddings');
  const home = join(homedir(), '.cache/hyperspherical/word-embeddings');
  expect(wordsFolder(undefined, { XDG_CACHE_HOME: 'relative', HYPERSPHERICAL_CACHE: '' })).toBe(home);
});
