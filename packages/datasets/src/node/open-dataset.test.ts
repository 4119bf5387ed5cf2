import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { colourOf, imageFile, writeImages, writeText } from '../../test/synthetic-images.js';
import { temporaryFolder } from '../../test/temporary-folder.js';
import type { Dataset } from '../dataset.js';
import type { StreamedDataset } from '../streamed-dataset.js';
import { datasetContract, syntheticMnist } from '../testing.js';
import { loadDataset } from './load-dataset.js';
import type { LoadDatasetOptions } from './load-files.js';
import { openDataset } from './open-dataset.js';
import { verifyDataset } from './verify-dataset.js';

const opened: StreamedDataset[] = [];

async function open(name: string, options: LoadDatasetOptions): Promise<StreamedDataset> {
  const dataset = await openDataset(name, { workers: 1, ...options });
  opened.push(dataset);
  return dataset;
}

afterEach(() => Promise.all(opened.splice(0).map((dataset) => dataset.close())));

const red = [250, 0, 0] as const;
const blue = [0, 0, 250] as const;

async function birds(): Promise<string> {
  const folder = await temporaryFolder();
  await writeImages(folder, [
    { path: 'train/hawk/1.png', colour: red, height: 20, width: 30 },
    { path: 'train/owl/1.png', colour: blue, height: 20, width: 30 },
    { path: 'train/owl/2.jpg', colour: blue, height: 20, width: 30 },
    { path: 'test/owl/3.png', colour: blue, height: 10, width: 10 },
  ]);
  return folder;
}

describe('openDataset', () => {
  it('reads labels at once and images when they are asked for, in any order', async () => {
    const train = await open('image-folder', { folder: await birds() });
    expect(train).toMatchObject({ name: 'image-folder', split: 'train', size: 3, imageShape: [20, 30, 3] });
    expect([...train.labels!]).toEqual([0, 1, 1]);
    const pixels = await train.read([1, 0, 1]);
    expect(pixels).toHaveLength(3 * 1800);
    expect([0, 1, 2].map((row) => colourOf(pixels, train.imageShape, row))).toEqual(
      [blue, red, blue].map((c) => [...c]),
    );
  });

  it('refuses images of other sizes than the first, unless a size is given', async () => {
    const folder = await birds();
    await writeImages(folder, [{ path: 'train/owl/4.png', colour: blue, height: 9, width: 9 }]);
    const train = await open('image-folder', { folder });
    await expect(train.read([3])).rejects.toThrow(
      '4.png cannot be decoded: it has 9 x 9 pixels, not 20 x 30; give imageSize',
    );
    const resized = await open('image-folder', { folder, imageSize: [6, 4], channels: 1 });
    expect(await resized.read([0, 1, 2, 3])).toHaveLength(4 * 24);
  });

  it('refuses images of kinds that are not read when it is opened, by their first bytes', async () => {
    const folder = await birds();
    await writeText(
      folder,
      'train/owl/5.bmp',
      await imageFile({ path: '5.jpg', colour: red, height: 20, width: 30 }),
    );
    const train = await open('image-folder', { folder });
    expect(colourOf(await train.read([3]), train.imageShape, 0)[0]).toBeGreaterThan(240);
    await writeText(folder, 'train/owl/6.bmp', 'BM and more');
    await expect(open('image-folder', { folder })).rejects.toThrow(
      `${join(folder, 'train/owl/6.bmp')} cannot be decoded: it is a BMP image, which is not read; convert it to PNG or JPEG.`,
    );
  });

  it('refuses positions that there are not, and to read once it is closed', async () => {
    const train = await open('image-folder', { folder: await birds() });
    await expect(train.read([0, 3])).rejects.toThrow(
      'indices[1] is 3; it must be a whole number from 0 to 2, a position in image-folder train.',
    );
    await train.close();
    await expect(train.read([0])).rejects.toThrow('the dataset is closed');
  });

  it('stops when told to', async () => {
    const train = await open('image-folder', { folder: await birds() });
    const reason = new Error('enough');
    await expect(train.read([0], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('reads from datasets in memory in the same way', async () => {
    const folder = await temporaryFolder();
    for (const { name, bytes } of syntheticMnist()) await writeText(folder, name, bytes);
    const inMemory = await loadDataset('mnist', { folder });
    const test = await open('mnist', { folder }).catch((error: unknown) => error);
    expect((test as Error).message).toBe('the option workers is for datasets of image files; MNIST is none.');
    const train = await openDataset('mnist', { folder });
    expect(train).toMatchObject({ name: 'mnist', size: 20, imageShape: [28, 28, 1] });
    expect(await train.read([3])).toEqual(inMemory.images.subarray(3 * 784, 4 * 784));
    await expect(train.read([20])).rejects.toThrow('indices[0] is 20');
  });

  it.each([
    [{ imageSize: 0 }, 'imageSize is 0; it must be a whole number of pixels from 1 to 4096, or two.'],
    [{ imageSize: [8, 8.5] as const }, 'imageSize is 8 x 8.5'],
    [{ fit: 'crop' as 'cover' }, 'fit is "crop"; it must be cover, contain or fill.'],
    [{ channels: 4 as 3 }, 'channels is 4; it must be 1 or 3.'],
    [{ valueBounds: [2, 1] as const }, 'valueBounds are [2,1]; the first must be below the second.'],
    [{ workers: 0 }, 'workers is 0'],
    [{ labels: 'colour' }, 'labels is "colour"; A folder of images by class has label.'],
    [{ split: 'validation-2' }, 'has no folder validation-2'],
  ])('refuses %j', async (options, message) => {
    await expect(open('image-folder', { folder: await birds(), ...options })).rejects.toThrow(message);
  });

  it('says that a folder is needed where nothing can be downloaded', async () => {
    await expect(openDataset('omniart')).rejects.toThrow(
      'OmniArt has no source that it could be downloaded from; give the folder that holds it as the data folder.',
    );
  });
});

describe('loadDataset of image files', () => {
  it('decodes everything into memory, and says how far it is', async () => {
    const folder = await birds();
    const progress: unknown[] = [];
    const train = await loadDataset('image-folder', {
      folder,
      imageSize: 4,
      onProgress: (event) => progress.push(event),
    });
    expect(train.images).toHaveLength(3 * 48);
    expect(colourOf(train.images, train.imageShape, 0)).toEqual([...red]);
    expect(progress).toEqual([{ event: 'decode', imagesDone: 3, imagesTotal: 3 }]);
    expect('read' in train).toBe(false);
  });
});

describe('verifyDataset of image files', () => {
  it('decodes every image of every split that is there, and has nothing to compare with', async () => {
    const folder = await birds();
    const found = await verifyDataset('image-folder', { folder });
    expect(found.verified).toBeUndefined();
    expect(found.splits.map(({ split, size }) => [split, size])).toEqual([
      ['train', 3],
      ['test', 1],
    ]);
    expect(found.splits[0]!.checksums.examples).toMatch(/^[0-9a-f]{64}$/);
    await writeText(folder, 'test/owl/5.png', 'no image');
    await expect(verifyDataset('image-folder', { folder })).rejects.toThrow(
      `${join(folder, 'test/owl/5.png')} cannot be decoded: `,
    );
  });
});

const layouts: Readonly<Record<string, (folder: string) => Promise<LoadDatasetOptions>>> = {
  'image-folder': async (folder) => {
    await writeImages(folder, [
      { path: 'a/1.png', colour: red },
      { path: 'b/1.png', colour: blue },
    ]);
    return {};
  },
  'image-csv': async (folder) => {
    await writeImages(folder, [{ path: '1.png', colour: red }]);
    await writeText(folder, 'images.csv', 'image,kind,age\n1.png,cat,3\n');
    return { labels: 'kind', values: 'age' };
  },
  omniart: async (folder) => {
    await writeImages(folder, [{ path: 'train/5.jpg', colour: red, height: 300, width: 250 }]);
    await writeText(folder, 'train.csv', 'omni_id,creation_year,century,school\n5,1888.0,19.0,Danmark\n');
    return {};
  },
  'cub-200-2011': async (folder) => {
    await writeImages(folder, [{ path: 'images/001.A/a.jpg', colour: red, height: 300, width: 250 }]);
    await writeText(folder, 'images.txt', '1 001.A/a.jpg\n');
    await writeText(folder, 'classes.txt', '1 001.A\n');
    await writeText(folder, 'image_class_labels.txt', '1 1\n');
    await writeText(folder, 'train_test_split.txt', '1 1\n');
    return {};
  },
  'tiny-imagenet': async (folder) => {
    await writeImages(folder, [
      { path: 'train/n01000001/images/1.JPEG', colour: red, height: 64, width: 64 },
    ]);
    return {};
  },
};

describe.each(Object.entries(layouts))('every dataset of image files: %s', (name, write) => {
  let dataset: Dataset | undefined;
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hyperspherical-datasets-'));
    const options = await write(folder);
    dataset = await loadDataset(name, { folder, workers: 1, ...options });
    await rm(folder, { recursive: true });
  });

  it.each(datasetContract)('$title', ({ check }) => {
    check(dataset!);
  });
});
