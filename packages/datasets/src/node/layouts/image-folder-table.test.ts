import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeText } from '../../../test/synthetic-images.js';
import { temporaryFolder } from '../../../test/temporary-folder.js';
import { imageFolderTable } from './image-folder-table.js';

async function folderWith(...paths: readonly string[]): Promise<string> {
  const folder = await temporaryFolder();
  for (const path of paths) await writeText(folder, path, '');
  return folder;
}

describe('imageFolderTable', () => {
  it('takes folders as classes, sorted as ImageFolder sorts them, and files at any depth', async () => {
    const folder = await folderWith(
      'b/2.JPG',
      'b/deep/er/1.png',
      'B/1.jpeg',
      'a/10.webp',
      'a/9.jpg',
      'a/notes.txt',
      '.git/x.jpg',
    );
    const { split, table } = await imageFolderTable({ folder });
    expect(split).toBe('all');
    expect(table.classNames).toEqual(['B', 'a', 'b']);
    expect(table.paths).toEqual(['B/1.jpeg', 'a/10.webp', 'a/9.jpg', 'b/2.JPG', 'b/deep/er/1.png']);
    expect([...table.labels!]).toEqual([0, 1, 1, 2, 2]);
  });

  it('takes train and test apart, with the classes of train', async () => {
    const folder = await folderWith('train/cat/1.jpg', 'train/dog/1.jpg', 'val/dog/2.jpg');
    expect((await imageFolderTable({ folder })).split).toBe('train');
    const { table } = await imageFolderTable({ folder, split: 'test' });
    expect(table).toMatchObject({
      root: join(folder, 'val'),
      paths: ['dog/2.jpg'],
      classNames: ['cat', 'dog'],
    });
    expect([...table.labels!]).toEqual([1]);
  });

  it('follows links, and comes to an end where one leads back', async () => {
    const folder = await folderWith('all/cat/1.jpg');
    await mkdir(join(folder, 'linked'));
    await symlink(join(folder, 'all/cat'), join(folder, 'linked/cat'));
    await symlink(join(folder, 'all/cat'), join(folder, 'all/cat/again'));
    expect((await imageFolderTable({ folder: join(folder, 'linked') })).table.paths[0]).toBe('cat/1.jpg');
  });

  it('says what is missing', async () => {
    const folder = await folderWith('train/cat/1.jpg', 'test/cow/1.jpg', 'test/cat/1.jpg', 'empty/notes.txt');
    await expect(imageFolderTable({ folder, split: 'test' })).rejects.toThrow(
      `the folder ${join(folder, 'test')} has the classes cow, which are not in ${join(folder, 'train')}; both splits must have the same classes.`,
    );
    await expect(imageFolderTable({ folder: join(folder, 'train'), split: 'test' })).rejects.toThrow(
      'has no folder test or val or validation or valid. Give a folder that has one, or choose the split "all"',
    );
    await expect(imageFolderTable({ folder: join(folder, 'train/cat') })).rejects.toThrow(
      'has no folders in it',
    );
    await expect(imageFolderTable({ folder: join(folder, 'absent') })).rejects.toThrow('does not exist');
    await expect(imageFolderTable({ folder, split: 'all' })).resolves.toBeDefined();
    await mkdir(join(folder, 'nothing/cat'), { recursive: true });
    await expect(imageFolderTable({ folder: join(folder, 'nothing') })).rejects.toThrow(
      'have no images; images end in .jpg',
    );
  });
});
