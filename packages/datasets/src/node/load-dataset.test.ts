import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeArchive } from '../../test/make-archive.js';
import { temporaryFolder } from '../../test/temporary-folder.js';
import type { DatasetFile } from '../dataset-file.js';
import { decodeCifar10 } from '../decode-cifar10.js';
import { datasetContract, syntheticCifar, syntheticMnist } from '../testing.js';
import { loadDataset } from './load-dataset.js';

const files = syntheticCifar('cifar10', { imagesPerFile: 12 });

async function writeFiles(folder: string, some: readonly DatasetFile[]): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const { name, bytes } of some) await writeFile(join(folder, name), bytes);
  return folder;
}

describe('loadDataset with a folder', () => {
  it('reads the official files in it', async () => {
    const folder = await writeFiles(await temporaryFolder(), files);
    const train = await loadDataset('cifar10', { folder });
    const expected = decodeCifar10(files.slice(0, 5));
    expect(train).toMatchObject({ name: 'cifar10', split: 'train', size: 60, imageShape: [32, 32, 3] });
    expect(Buffer.compare(train.images, expected.images)).toBe(0);
    expect(train.labels).toEqual(expected.labels);
    expect(train.classNames).toHaveLength(10);
    const test = await loadDataset('cifar10', { folder, split: 'test' });
    expect(test).toMatchObject({ split: 'test', size: 12 });
  });

  it('reads them in the official folder inside it', async () => {
    const folder = await temporaryFolder();
    await writeFiles(join(folder, 'cifar-10-batches-bin'), files);
    expect((await loadDataset('cifar10', { folder })).size).toBe(60);
  });

  it('reads the official archive in it, or the archive itself', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'cifar-10-binary.tar.gz');
    const entries = files.map(({ name, bytes }) => ({ name: `cifar-10-batches-bin/${name}`, bytes }));
    await writeFile(path, await makeArchive(entries));
    for (const place of [folder, path]) {
      const { images } = await loadDataset('cifar10', { folder: place });
      expect(Buffer.compare(images, decodeCifar10(files.slice(0, 5)).images)).toBe(0);
    }
  });

  it('chooses between fine and coarse labels where there are both', async () => {
    const folder = await writeFiles(
      await temporaryFolder(),
      syntheticCifar('cifar100', { imagesPerFile: 30 }),
    );
    const fine = await loadDataset('cifar100', { folder, split: 'test' });
    const coarse = await loadDataset('cifar100', { folder, split: 'test', labels: 'coarse' });
    expect([...fine.labels!.slice(4, 7)]).toEqual([4, 5, 6]);
    expect([...coarse.labels!.slice(4, 7)]).toEqual([0, 1, 1]);
    expect([fine.classNames!.length, coarse.classNames!.length]).toEqual([100, 20]);
    expect(fine.classNames![1]).toBe('aquarium_fish');
  });

  it("reads MNIST's files, gzipped or not, under their usual names, also where PyTorch puts them", async () => {
    const [images, labels] = syntheticMnist();
    const folder = await temporaryFolder();
    await writeFiles(join(folder, 'MNIST/raw'), [
      { name: 'train-images.idx3-ubyte', bytes: images!.bytes },
      { name: 'train-labels-idx1-ubyte.gz', bytes: gzipSync(labels!.bytes) },
    ]);
    const train = await loadDataset('mnist', { folder });
    expect(train).toMatchObject({ size: 20, imageShape: [28, 28, 1] });
    expect([...train.labels!.subarray(0, 3)]).toEqual([0, 1, 2]);
    await expect(loadDataset('mnist', { folder, split: 'test' })).rejects.toThrow(
      `the data folder ${folder} has no files of MNIST test. Give a folder that has t10k-images-idx3-ubyte, ` +
        't10k-labels-idx1-ubyte (also gzipped), or that has the folder MNIST/raw with these.',
    );
    const path = join(folder, 'MNIST/raw', 'train-labels-idx1-ubyte.gz');
    await writeFile(path, gzipSync(new Uint8Array(1_000_000)));
    await expect(loadDataset('mnist', { folder })).rejects.toThrow(
      `${path} unpacks to more than 60008 bytes; it is not the file that it should be.`,
    );
  });

  it('makes rotated MNIST of MNIST: five digits, each with its angle, the same every time', async () => {
    const folder = await writeFiles(await temporaryFolder(), syntheticMnist());
    const train = await loadDataset('rotated-mnist', { folder });
    expect(train).toMatchObject({
      name: 'rotated-mnist',
      size: 10,
      classNames: ['two', 'three', 'four', 'five', 'seven'],
      valueName: 'rotation',
      valueUnit: 'degrees',
      valueBounds: [0, 180],
    });
    expect([...train.labels!]).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
    expect((await loadDataset('rotated-mnist', { folder })).values).toEqual(train.values);
    const test = await loadDataset('rotated-mnist', { folder, split: 'test' });
    expect(test.values).not.toEqual(train.values);
  });

  it('needs only the files of its split', async () => {
    const folder = await writeFiles(await temporaryFolder(), files.slice(5));
    expect((await loadDataset('cifar10', { folder, split: 'test' })).size).toBe(12);
  });

  it('says what is missing and what is right', async () => {
    const folder = await temporaryFolder();
    const right =
      'Give a folder that has data_batch_1.bin, data_batch_2.bin, data_batch_3.bin, data_batch_4.bin, data_batch_5.bin, ' +
      'or that has the folder cifar-10-batches-bin with these, or the archive cifar-10-binary.tar.gz.';
    const absent = join(folder, 'absent');
    await expect(loadDataset('cifar10', { folder: absent })).rejects.toThrow(
      `the data folder ${absent} does not exist. ${right}`,
    );
    await expect(loadDataset('cifar10', { folder })).rejects.toThrow(
      `the data folder ${folder} has no files of CIFAR-10 train. ${right}`,
    );
    await writeFiles(folder, files.slice(1, 3));
    await expect(loadDataset('cifar10', { folder })).rejects.toThrow(
      `the data folder ${folder} lacks data_batch_1.bin, data_batch_4.bin, data_batch_5.bin. ${right}`,
    );
  });

  it('refuses files that are cut short, too large or damaged, and says where', async () => {
    const folder = await writeFiles(await temporaryFolder(), files);
    const path = join(folder, 'test_batch.bin');
    const { bytes } = files[5]!;
    const load = () => loadDataset('cifar10', { folder, split: 'test' });
    await writeFile(path, bytes.subarray(0, 4000));
    await expect(load()).rejects.toThrow(
      `${path} has 4000 bytes, which is not a whole number of records of 3073 bytes: after 1 records 927 bytes are left at byte 3073`,
    );
    const wrongLabel = Uint8Array.from(bytes);
    wrongLabel[3073] = 77;
    await writeFile(path, wrongLabel);
    await expect(load()).rejects.toThrow(
      `${path}: the label of record 1 (byte 3073) is 77; it must be 0 to 9`,
    );
    await writeFile(path, new Uint8Array(30_730_001));
    await expect(load()).rejects.toThrow(`${path} has 30730001 bytes; at most 30730000 are right.`);
    const archive = join(folder, 'broken.tar.gz');
    await writeFile(archive, 'no archive');
    await expect(loadDataset('cifar10', { folder: archive })).rejects.toThrow(
      `${archive} is neither a tar archive, gzipped or not, nor a zip archive.`,
    );
  });

  it('refuses a split, a kind of labels or a dataset that there is not', async () => {
    await expect(loadDataset('cifar10', { split: 'validation' })).rejects.toThrow(
      'split is "validation"; CIFAR-10 has train, test.',
    );
    await expect(loadDataset('cifar100', { labels: 'medium' })).rejects.toThrow(
      'labels is "medium"; CIFAR-100 has fine, coarse.',
    );
    await expect(loadDataset('toString')).rejects.toThrow('there is no dataset "toString"');
  });

  it('stops when told to', async () => {
    const folder = await writeFiles(await temporaryFolder(), files);
    const reason = new Error('enough');
    await expect(loadDataset('cifar10', { folder, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('writes nothing', async () => {
    const folder = await writeFiles(await temporaryFolder(), files);
    const cacheFolder = join(folder, 'cache');
    await loadDataset('cifar10', { folder, cacheFolder });
    expect(await readdir(folder)).toEqual(files.map(({ name }) => name));
  });
});

describe('every dataset', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hyperspherical-datasets-'));
    await writeFiles(folder, files);
    await writeFiles(folder, syntheticCifar('cifar100', { imagesPerFile: 200 }));
    await writeFiles(folder, syntheticMnist());
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(
    ['cifar10', 'cifar100', 'mnist', 'fashion-mnist', 'rotated-mnist'].flatMap((name) =>
      ['train', 'test'].flatMap((split) => datasetContract.map((rule) => ({ ...rule, name, split }))),
    ),
  )('$name $split $title', async ({ name, split, check }) => {
    check(await loadDataset(name, { folder, split }));
  });
});
