import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeText } from '../../../test/synthetic-images.js';
import { temporaryFolder } from '../../../test/temporary-folder.js';
import type { DatasetProgress } from '../progress.js';
import { imageFolderSplits, imageFolderTable } from './image-folder-table.js';

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

  it('takes files at any depth, whatever the letters and kinds of their endings', async () => {
    const deep = `cat/${Array.from({ length: 40 }, (_, depth) => depth).join('/')}/1.jpg`;
    const files = ['1.JPG', '2.jfif', '3.bmp', '4.Ppm', '5.pgm', '6.TIF', '7.gif', '8.avif', '9.JPE'];
    const folder = await folderWith(deep, ...files.map((name) => `cat/${name}`), 'dog/1.webp');
    const { table } = await imageFolderTable({ folder });
    expect(table.paths).toEqual([...files.map((name) => `cat/${name}`), deep, 'dog/1.webp']);
  });

  it('orders folders before files inside of them, and all by code point, as torchvision walks', async () => {
    const names = ['z', 'é', '\uff41', '\u{1f40e}', '\ue000', 'A'];
    const folder = await folderWith(
      ...names.map((name) => `${name}/1.jpg`),
      'z/b/1.jpg',
      'z/b-c/1.jpg',
      'z/b.jpg',
      'z/a/2.jpg',
      'z/a/10.jpg',
      'z/\u{1f40e}.jpg',
      'z/\uff41.jpg',
    );
    const { table } = await imageFolderTable({ folder });
    // Python: sorted(['z', 'é', '\uff41', '\U0001f40e', '\ue000', 'A']), and sorted(os.walk(...)).
    expect(table.classNames).toEqual(['A', 'z', 'é', '\ue000', '\uff41', '\u{1f40e}']);
    expect(table.paths.slice(1, 9)).toEqual(
      ['1.jpg', 'b.jpg', '\uff41.jpg', '\u{1f40e}.jpg', 'a/10.jpg', 'a/2.jpg', 'b/1.jpg', 'b-c/1.jpg'].map(
        (path) => `z/${path}`,
      ),
    );
  });

  it('makes no classes of folders without images or of what systems leave, and counts them', async () => {
    const folder = await folderWith(
      ...['cat/1.jpg', 'cat/.DS_Store', 'cat/Thumbs.db', 'cat/@eaDir/1.jpg', 'cat/._1.jpg', 'cat/notes.txt'],
      ...['dog/1.jpg', 'dog/.ipynb_checkpoints/1-checkpoint.jpg', '__MACOSX/cat/._1.jpg', 'desktop.ini'],
      ...['.thumbs/1.jpg', 'emu/notes.txt', 'cover.png'],
    );
    await mkdir(join(folder, 'owl/deep'), { recursive: true });
    const events: DatasetProgress[] = [];
    const { table } = await imageFolderTable({ folder, onProgress: (event) => events.push(event) });
    expect(table.classNames).toEqual(['cat', 'dog']);
    expect(table.paths).toEqual(['cat/1.jpg', 'dog/1.jpg']);
    expect(events).toEqual([
      {
        ...{ event: 'skipped', folder, what: 'hidden and system files and folders', count: 8 },
        examples: ['.thumbs', '__MACOSX', 'cat/.DS_Store'],
      },
      { event: 'skipped', folder, what: 'folders without images', count: 2, examples: ['emu', 'owl'] },
      {
        ...{ event: 'skipped', folder, what: 'images outside of the folders of classes', count: 1 },
        examples: ['cover.png'],
      },
      {
        ...{ event: 'skipped', folder, what: 'files that are no images by their names', count: 2 },
        examples: ['cat/notes.txt', 'emu/notes.txt'],
      },
    ]);
  });

  it('takes a folder train or test with images in it as a class of that name', async () => {
    const folder = await folderWith('train/1.jpg', 'test/1.jpg', 'bus/1.jpg');
    const { split, table } = await imageFolderTable({ folder });
    expect(split).toBe('all');
    expect(table.classNames).toEqual(['bus', 'test', 'train']);
    expect(await imageFolderSplits(folder)).toEqual(['all']);
    const inside = await folderWith('train/train/1.jpg', 'train/test/1.jpg', 'test/train/1.jpg');
    expect(await imageFolderSplits(inside)).toEqual(['train', 'test']);
    expect((await imageFolderTable({ folder: inside })).table.classNames).toEqual(['test', 'train']);
    expect([...(await imageFolderTable({ folder: inside, split: 'test' })).table.labels!]).toEqual([1]);
    await expect(imageFolderTable({ folder, split: 'test' })).rejects.toThrow(
      `the folder ${join(folder, 'test')} has no folders in it; each class needs a folder with its images.`,
    );
  });

  it('matches the classes of both splits whatever their Unicode form', async () => {
    const [composed, decomposed] = ['caf\u00e9', 'cafe\u0301'];
    const folder = await folderWith(`train/${decomposed}/1.jpg`, 'train/bar/1.jpg', `val/${composed}/1.jpg`);
    const { table } = await imageFolderTable({ folder, split: 'test' });
    expect(table).toMatchObject({ paths: [`${composed}/1.jpg`], classNames: ['bar', decomposed] });
    expect([...table.labels!]).toEqual([1]);
  });

  it('refuses classes of the test split that have no images in the training split', async () => {
    const folder = await folderWith('train/cat/1.jpg', 'train/cow/notes.txt', 'test/cow/1.jpg');
    await expect(imageFolderTable({ folder, split: 'test' })).rejects.toThrow(
      'has the classes cow, which are not in',
    );
    const empty = await folderWith('train/cat/1.jpg', 'test/cat/1.jpg', 'test/cow/notes.txt');
    expect((await imageFolderTable({ folder: empty, split: 'test' })).table.classNames).toEqual(['cat']);
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
