import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeText } from '../../../test/synthetic-images.js';
import { temporaryFolder } from '../../../test/temporary-folder.js';
import { tinyImagenetTable } from './tiny-imagenet-table.js';

async function officialFolder(): Promise<string> {
  const folder = await temporaryFolder();
  const root = join(folder, 'tiny-imagenet-200');
  await writeText(root, 'wnids.txt', 'n02000002\nn01000001\nn03000003\n');
  await writeText(
    root,
    'words.txt',
    'n01000001\tcrane, big bird\nn02000002\tgoldfish, Carassius auratus\nn03000003\tcrane\nn09000009\telse\n',
  );
  for (const id of ['n01000001', 'n02000002', 'n03000003']) {
    await writeText(root, `train/${id}/images/${id}_0.JPEG`, '');
    await writeText(root, `train/${id}/${id}_boxes.txt`, '');
  }
  await writeText(
    root,
    'val/val_annotations.txt',
    'val_0.JPEG\tn02000002\t0\t0\t9\t9\nval_1.JPEG\tn01000001\t0\t0\t9\t9\n',
  );
  return folder;
}

describe('tinyImagenetTable', () => {
  it('reads the official layout: classes by id, names from words.txt that differ', async () => {
    const folder = await officialFolder();
    const { table } = await tinyImagenetTable({ folder });
    expect(table.classNames).toEqual(['crane, big bird', 'goldfish', 'crane']);
    expect(table.paths[0]).toBe('n01000001/images/n01000001_0.JPEG');
    expect([...table.labels!]).toEqual([0, 1, 2]);
    const test = await tinyImagenetTable({ folder, split: 'test' });
    expect(test.table.root).toBe(join(folder, 'tiny-imagenet-200/val/images'));
    expect(test.table.paths).toEqual(['val_0.JPEG', 'val_1.JPEG']);
    expect([...test.table.labels!]).toEqual([1, 0]);
  });

  it('reads test images that were sorted into classes, and folders without lists', async () => {
    const folder = await temporaryFolder();
    await writeText(folder, 'train/n01000001/1.JPEG', '');
    await writeText(folder, 'test/n01000001/2.JPEG', '');
    const { table } = await tinyImagenetTable({ folder, split: 'test' });
    expect(table).toMatchObject({ paths: ['n01000001/2.JPEG'], classNames: ['n01000001'] });
  });

  it('refuses lists that are wrong, with the line', async () => {
    const folder = await officialFolder();
    const root = join(folder, 'tiny-imagenet-200');
    const annotations = join(root, 'val/val_annotations.txt');
    const readTest = () => tinyImagenetTable({ folder, split: 'test' });
    await writeText(root, 'val/val_annotations.txt', 'val_0.JPEG\tn02000002\nval_1.JPEG\tn05000005\n');
    await expect(readTest()).rejects.toThrow(`${annotations}, line 2: "n05000005" is none of the 3 classes.`);
    await writeText(root, 'val/val_annotations.txt', '../../secret.JPEG\tn02000002\n');
    await expect(readTest()).rejects.toThrow(
      `${annotations}, line 1: "../../secret.JPEG" is no file's name.`,
    );
    await rm(annotations);
    await expect(readTest()).rejects.toThrow('it has no labelled test images');
    await writeText(root, 'wnids.txt', '../n01\n');
    await expect(readTest()).rejects.toThrow(
      `${join(root, 'wnids.txt')} has "../n01"; a class is n and eight digits`,
    );
    await expect(tinyImagenetTable({ folder: join(folder, 'absent') })).rejects.toThrow(
      'has no images of Tiny ImageNet',
    );
  });
});
