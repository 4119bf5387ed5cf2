import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeText } from '../../../test/synthetic-images.js';
import { temporaryFolder } from '../../../test/temporary-folder.js';
import { imageFinder } from './image-finder.js';

describe('imageFinder', () => {
  it('finds what the file system has, whatever its ending, depth, hidden folder or Unicode form', async () => {
    const folder = await temporaryFolder();
    const deep = `cat/${'deeper/'.repeat(12)}1.jpg`;
    const decomposed = 'cafe\u0301/e\u0301.jpg';
    for (const path of ['cat/1.jpg', 'cat/2.jfif', 'cat/3', '.thumbs/4.jpg', deep, decomposed]) {
      await writeText(folder, path, '');
    }
    await symlink(join(folder, 'cat'), join(folder, 'linked'));
    const find = imageFinder(folder);
    for (const path of [
      'cat/1.jpg',
      'cat/2.jfif',
      'cat/3',
      '.thumbs/4.jpg',
      deep,
      decomposed,
      'linked/1.jpg',
    ]) {
      expect(find(path)).toBe(path);
    }
    expect(find('cat//1.jpg')).toBe('cat/1.jpg');
    expect(find('./cat/./1.jpg')).toBe('cat/1.jpg');
    expect(find(decomposed.normalize())).toBe(decomposed);
  });

  it('finds no folder, and nothing that is not there', async () => {
    const folder = await temporaryFolder();
    await writeText(folder, 'cat/1.jpg', '');
    await mkdir(join(folder, 'dog.jpg'));
    const find = imageFinder(folder);
    for (const path of [
      'cat',
      'dog.jpg',
      'cat/2.jpg',
      'cow/1.jpg',
      'cat/1.jpg/2.jpg',
      '',
      'a'.repeat(5000),
    ]) {
      expect(find(path)).toBeUndefined();
    }
  });
});
