import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeText } from '../../../test/synthetic-images.js';
import { temporaryFolder } from '../../../test/temporary-folder.js';
import { imageCsvTable } from './image-csv-table.js';
import { omniartTable } from './omniart-table.js';

async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) await writeText(folder, path, text);
  return folder;
}

const images = { 'pictures/a.jpg': '', 'pictures/b.jpg': '' };

describe('imageCsvTable', () => {
  it('reads labels and values, quotes, a byte order mark and paths of Windows', async () => {
    const folder = await folderWith({
      ...images,
      'images.csv':
        '\ufeffpath,"how old, in years",kind\r\n"pictures\\a.jpg",12.5,"dog, big"\r\n./pictures/b.jpg,3,cat\r\n',
    });
    const { split, table } = await imageCsvTable({ folder, labels: 'kind', values: 'how old, in years' });
    expect(split).toBe('all');
    expect(table.paths).toEqual(['pictures/a.jpg', 'pictures/b.jpg']);
    expect([...table.labels!]).toEqual([1, 0]);
    expect(table.classNames).toEqual(['cat', 'dog, big']);
    expect([...table.values!]).toEqual([12.5, 3]);
    expect(table.valueName).toBe('how old, in years');
    expect(table.valueBounds).toEqual([3, 12.5]);
  });

  it('takes the classes of train for test', async () => {
    const folder = await folderWith({
      ...images,
      'train.csv': 'image,kind\npictures/a.jpg,dog\npictures/b.jpg,cat\n',
      'test.csv': 'image,kind\npictures/b.jpg,dog\n',
    });
    const { table } = await imageCsvTable({ folder, split: 'test', labels: 'kind' });
    expect(table.classNames).toEqual(['cat', 'dog']);
    expect([...table.labels!]).toEqual([1]);
  });

  const rows = (text: string) => folderWith({ ...images, 'images.csv': text });
  it.each([
    ['image,kind\npictures/c.jpg,cat\n', 'images.csv, line 2: the image "pictures/c.jpg" is not in'],
    ['image,kind\npictures/a.jpg,cat\n../b.jpg,cat\n', 'line 3: the image "../b.jpg" leads out of'],
    ['image,kind\n/etc/passwd,cat\n', 'line 2: the image "/etc/passwd" leads out of'],
    ['image,kind\nC:\\a.jpg,cat\n', 'leads out of'],
    [
      'image,kind\npictures/a.jpg,\n',
      'line 2: there is no kind. The option skipIncomplete leaves such rows out.',
    ],
    ['image,kind\npictures/a.jpg\n', 'Invalid Record Length'],
    ['image,kind\n"pictures/a.jpg,cat\n', 'Quote Not Closed'],
    ['image,sort\npictures/a.jpg,cat\n', 'images.csv has no column "kind"; its columns are image, sort.'],
    ['x,kind\npictures/a.jpg,cat\n', 'has no column "image" or "path"'],
    ['', 'images.csv is empty; its first row must name the columns.'],
    ['image,kind\n', 'images.csv lists no images that can be used.'],
    [`image,kind\npictures/a.jpg,${'x'.repeat(2 ** 21)}\n`, 'Max Record Size'],
  ])('refuses %j', async (text, message) => {
    await expect(imageCsvTable({ folder: await rows(text), labels: 'kind' })).rejects.toThrow(message);
  });

  it('refuses values that are no numbers or out of bounds, and classes that are not asked for', async () => {
    const folder = await rows('image,age,kind\npictures/a.jpg,7,cat\npictures/b.jpg,old,dog\n');
    await expect(imageCsvTable({ folder, values: 'age' })).rejects.toThrow(
      'line 3: the age "old" is no decimal number.',
    );
    await expect(imageCsvTable({ folder, values: 'age', valueBounds: [8, 9] })).rejects.toThrow(
      'line 2: the age 7 is outside of the bounds 8 to 9.',
    );
    await expect(imageCsvTable({ folder, labels: 'kind', classNames: ['cat'] })).rejects.toThrow(
      'line 3: the kind "dog" is none of the 1 classes.',
    );
    const { table } = await imageCsvTable({ folder, values: 'age', skipIncomplete: true });
    expect(table.paths).toEqual(['pictures/a.jpg']);
    await expect(imageCsvTable({ folder })).rejects.toThrow('needs the option labels or values');
  });

  it('refuses bytes that are no text, with the byte', async () => {
    const folder = await folderWith({ ...images, 'images.csv': Uint8Array.of(0x61, 0x2c, 0xff, 0x0a) });
    await expect(imageCsvTable({ folder, labels: 'kind' })).rejects.toThrow(
      `${join(folder, 'images.csv')} is not UTF-8 text: see the bytes after byte 0.`,
    );
  });

  it('of any table either takes images that are there or says what is wrong', async () => {
    const folder = await folderWith(images);
    const cell = fc.oneof(
      fc.constantFrom(
        'pictures/a.jpg',
        'pictures/b.jpg',
        '../a',
        '/a',
        '1',
        '1e999',
        '',
        '"',
        '""',
        'NaN',
        '\u0000',
      ),
      fc.string({ maxLength: 5 }),
    );
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(table, fc.boolean(), async (cells, skipIncomplete) => {
        await writeText(
          folder,
          'images.csv',
          `image,kind,age\n${cells.map((row) => row.join(',')).join('\n')}`,
        );
        try {
          const { table: found } = await imageCsvTable({
            folder,
            labels: 'kind',
            values: 'age',
            skipIncomplete,
          });
          expect(found.paths.every((path) => path in images)).toBe(true);
          expect(found.values!.every(Number.isFinite)).toBe(true);
          expect(found.labels!.every((label) => label >= 0 && label < found.classNames!.length)).toBe(true);
        } catch (error) {
          expect((error as Error).message).toContain('images.csv');
        }
      }),
      { seed: 9, numRuns: 200 },
    );
  });
});

describe('numbers and names of a CSV file', () => {
  const read = async (text: string, options: object) =>
    (await imageCsvTable({ folder: await folderWith({ ...images, 'images.csv': text }), ...options })).table;

  it.each([
    [' 3 ', 3],
    ['+2', 2],
    ['.5', 0.5],
    ['5.', 5],
    ['1e5', 100_000],
    ['-1.5E-2', Math.fround(-0.015)],
  ])('are decimal: "%s" is read', async (text, value) => {
    expect([...(await read(`image,age\npictures/a.jpg,${text}\n`, { values: 'age' })).values!]).toEqual([
      value,
    ]);
  });

  it.each(['0x10', '0b1', '0o7', 'Infinity', '-Infinity', 'NaN', '"1,5"', '1_000', '1e', '.', '5 cm'])(
    'are decimal: %s is refused with its file, line and column',
    async (text) => {
      await expect(read(`image,age\npictures/a.jpg,${text}\n`, { values: 'age' })).rejects.toThrow(
        `images.csv, line 2: the age "${text.replaceAll('"', '')}" is no decimal number.`,
      );
    },
  );

  it('that a float32 cannot hold or that are missing are refused', async () => {
    await expect(read('image,age\npictures/a.jpg,1e39\n', { values: 'age' })).rejects.toThrow(
      'line 2: the age "1e39" is larger than a float32 can hold.',
    );
    await expect(read('image,age\npictures/a.jpg,\n', { values: 'age' })).rejects.toThrow(
      'line 2: there is no age.',
    );
  });

  it.each(['7', '0', '1e20', '-1.7e9', '3.4028234e38', '-3.4028234e38'])(
    'that are all %s have finite bounds around them, which a float32 tells apart',
    async (text) => {
      const { values, valueBounds } = await read(`image,age\npictures/a.jpg,${text}\n`, { values: 'age' });
      const [lowest, highest] = Float32Array.from(valueBounds!);
      expect(lowest!).toBeLessThan(highest!);
      expect(lowest! <= values![0]! && values![0]! <= highest!).toBe(true);
      expect(Number.isFinite(lowest! + highest!)).toBe(true);
    },
  );

  it('are found with mixed line ends, in any case and Unicode form', async () => {
    const table = await read(
      '\ufeffImage,Espe\u0301ce\r\npictures/a.jpg,e\u0301t\u00e9\npictures/b.jpg,\u00e9te\u0301\r\n',
      { labels: 'esp\u00e9ce' },
    );
    expect(table.classNames).toEqual(['\u00e9t\u00e9']);
    expect([...table.labels!]).toEqual([0, 0]);
    const known = await read('image,kind\npictures/a.jpg,\u00e9t\u00e9\n', {
      labels: 'kind',
      classNames: ['cat', 'e\u0301te\u0301'],
    });
    expect([...known.labels!]).toEqual([1]);
  });

  it('may come twice, but not with another class, nor may a column', async () => {
    const row = 'pictures/a.jpg,cat\n';
    expect((await read(`image,kind\n.//./${row}`, { labels: 'kind' })).paths).toEqual(['pictures/a.jpg']);
    expect((await read(`image,kind\n${row}${row}`, { labels: 'kind' })).paths).toHaveLength(2);
    await expect(read(`image,kind\n${row}pictures/a.jpg,dog\n`, { labels: 'kind' })).rejects.toThrow(
      'line 3: the image "pictures/a.jpg" has the kind "dog", but "cat" in line 2; remove one of these rows.',
    );
    await expect(read(`image,kind,kind\npictures/a.jpg,cat,dog\n`, { labels: 'kind' })).rejects.toThrow(
      'images.csv has the column "kind" twice, as columns 2 and 3; rename one of them.',
    );
  });

  it('are not looked for in a web page or a Git LFS pointer', async () => {
    await expect(read('<!DOCTYPE html><html>log in</html>', { labels: 'kind' })).rejects.toThrow(
      /images\.csv is an HTML page \(of a login or an error\)/,
    );
    await expect(
      read('version https://git-lfs.github.com/spec/v1\noid sha256:0\n', { labels: 'kind' }),
    ).rejects.toThrow('images.csv is a Git LFS pointer, not the data; run "git lfs pull"');
  });
});

describe('omniartTable', () => {
  const header = 'omni_id,artwork_name,creation_year,century,school\n';

  it("reads the paper's tables: years as values, schools or centuries as classes", async () => {
    const folder = await folderWith({
      'train_complete.csv': `${header}5,"deer, beside a lake",1888.0,19.0,Danmark\n7,x,1490,15.0,España\n`,
      'test_complete.csv': `${header}9,y,1001,11.0,España\n`,
      'train/5.jpg': '',
      'train/7.jpg': '',
      'test/9.jpg': '',
    });
    const train = await omniartTable({ folder });
    expect(train.table).toMatchObject({
      valueName: 'creation year',
      valueUnit: 'years',
      valueBounds: [1000, 1932],
    });
    expect([...train.table.values!]).toEqual([1888, 1490]);
    expect(train.table.classNames).toEqual(['Danmark', 'España']);
    const test = await omniartTable({ folder, split: 'test' });
    expect(test.table).toMatchObject({
      root: join(folder, 'test'),
      paths: ['9.jpg'],
      classNames: ['Danmark', 'España'],
    });
    expect([...test.table.labels!]).toEqual([1]);
    expect((await omniartTable({ folder, labels: 'century' })).table.classNames).toEqual(['15.0', '19.0']);
  });

  it('reads the official table, leaving out what is incomplete when told to', async () => {
    const folder = await folderWith({
      'data/csv/omniart_v3_datadump.csv': `${header}5,a,1888.0,19.0,Danmark\n6,b,unknown,,Danmark\n7,c,1600,17.0,unknown\n8,d,900,9.0,Danmark\n`,
      'data/img_300x/5.jpg': '',
      'data/img_300x/6.jpg': '',
      'data/img_300x/8.jpg': '',
    });
    await expect(omniartTable({ folder, split: 'all' })).rejects.toThrow(
      'line 3: the creation_year "unknown" is no decimal number',
    );
    const { table } = await omniartTable({ folder, split: 'all', skipIncomplete: true });
    expect(table.paths).toEqual(['5.jpg']);
    await expect(omniartTable({ folder })).rejects.toThrow('has no file train_complete.csv or train.csv');
  });
});
