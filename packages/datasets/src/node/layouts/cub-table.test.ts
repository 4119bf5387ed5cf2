import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeText } from '../../../test/synthetic-images.js';
import { temporaryFolder } from '../../../test/temporary-folder.js';
import { cubTable } from './cub-table.js';

const lists = {
  'images.txt':
    '1 001.Black_footed_Albatross/a.jpg\n2 002.Laysan_Albatross/b.jpg\n3 001.Black_footed_Albatross/c d.jpg\n',
  'classes.txt': '1 001.Black_footed_Albatross\n2 002.Laysan_Albatross\n',
  'image_class_labels.txt': '1 1\n2 2\n3 1\n',
  'train_test_split.txt': '1 1\n2 0\n3 1\n',
};

async function folderWith(changes: Partial<Record<keyof typeof lists, string>> = {}): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries({ ...lists, ...changes }))
    await writeText(folder, `CUB_200_2011/${name}`, text);
  return folder;
}

describe('cubTable', () => {
  it('reads both splits', async () => {
    const folder = await folderWith();
    const train = await cubTable({ folder });
    expect(train.table.root).toBe(join(folder, 'CUB_200_2011/images'));
    expect(train.table.paths).toEqual([
      '001.Black_footed_Albatross/a.jpg',
      '001.Black_footed_Albatross/c d.jpg',
    ]);
    expect([...train.table.labels!]).toEqual([0, 0]);
    expect(train.table.classNames).toEqual(['001.Black_footed_Albatross', '002.Laysan_Albatross']);
    const test = await cubTable({ folder: join(folder, 'CUB_200_2011'), split: 'test' });
    expect([...test.table.labels!]).toEqual([1]);
  });

  it.each([
    [{ 'image_class_labels.txt': '1 1\n2 3\n3 1\n' }, 'gives image 2 the class "3", which is not in'],
    [{ 'image_class_labels.txt': '1 1\n3 1\n' }, 'gives image 2 the class "", which is not in'],
    [
      { 'train_test_split.txt': '1 1\n2 7\n3 1\n' },
      'says "7" of image 2; it must say 1 (training) or 0 (test)',
    ],
    [
      { 'images.txt': '1 ../../../etc/passwd\n' },
      'the path "../../../etc/passwd" of image 1 leads out of the folder',
    ],
    [{ 'images.txt': '1 /etc/passwd\n' }, 'leads out of the folder'],
    [{ 'images.txt': '1 a.jpg\n1 b.jpg\n' }, 'line 2: the number 1 comes twice'],
    [{ 'classes.txt': 'one\n' }, 'line 1: "one" is not a number and a text'],
  ])('refuses %j', async (changes, message) => {
    await expect(cubTable({ folder: await folderWith(changes) })).rejects.toThrow(message);
  });

  it('refuses lists that are not text, and says what belongs into the folder', async () => {
    const folder = await folderWith();
    await writeText(folder, 'CUB_200_2011/classes.txt', Uint8Array.of(0x31, 0x20, 0xff, 0xfe));
    await expect(cubTable({ folder })).rejects.toThrow('classes.txt is not UTF-8 text');
    await expect(cubTable({ folder: join(folder, 'absent') })).rejects.toThrow(
      'Give a folder that has images.txt, classes.txt',
    );
  });

  it('of any lists either makes labels within the classes or says which list is wrong', async () => {
    const folder = await folderWith();
    const word = fc.constantFrom('1', '2', '0', 'x', '../y', '', '99999999999');
    const list = fc
      .array(fc.tuple(word, word), { maxLength: 4 })
      .map((rows) => rows.map((row) => `${row.join(' ')}\n`).join(''));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...(Object.keys(lists) as (keyof typeof lists)[])),
        list,
        async (name, text) => {
          await writeText(folder, `CUB_200_2011/${name}`, text);
          try {
            const { table } = await cubTable({ folder });
            expect(Math.max(...table.labels!)).toBeLessThan(table.classNames!.length);
            expect(table.paths.every((path) => !path.includes('..'))).toBe(true);
          } catch (error) {
            expect((error as Error).message).toMatch(/\.txt/);
          } finally {
            await writeText(folder, `CUB_200_2011/${name}`, lists[name]);
          }
        },
      ),
      { seed: 8, numRuns: 100 },
    );
  });
});
