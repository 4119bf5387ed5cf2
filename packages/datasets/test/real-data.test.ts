import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { channelStatistics, datasetCard } from '../src/index.js';
import { getDataset, loadDataset, verifyDataset } from '../src/node.js';
import { datasetContract } from '../src/testing.js';

describe('CIFAR-10, the real one', () => {
  it(
    'has the pinned images and labels, in the official order',
    async ({ skip }) => {
      try {
        await getDataset('cifar10');
      } catch (error) {
        if (!(error instanceof Error) || !error.message.includes('could not be downloaded')) throw error;
        skip(`CIFAR-10 is not in the cache and no source can be reached: ${error.message}`);
      }
      const { verified, splits } = await verifyDataset('cifar10');
      expect(verified).toBe(true);
      expect(splits.map(({ split, size, officialOrder }) => [split, size, officialOrder])).toEqual([
        ['train', 50_000, true],
        ['test', 10_000, true],
      ]);
      const train = await loadDataset('cifar10');
      // What the makers' archive begins with.
      expect([...train.labels!.subarray(0, 10)]).toEqual([6, 9, 9, 4, 1, 1, 2, 7, 8, 3]);
      expect([...train.images.subarray(0, 3)]).toEqual([59, 62, 63]);
      const { mean, standardDeviation } = channelStatistics(train);
      expect(mean).toBeClose([0.49139968, 0.48215841, 0.44653091], { relative: 1e-7, absolute: 0 });
      expect(standardDeviation).toBeClose(datasetCard('cifar10').channels!.standardDeviation, {
        relative: 1e-7,
        absolute: 0,
      });
      for (const { check } of datasetContract) check(train);
      const test = await loadDataset('cifar10', { split: 'test' });
      expect([...test.labels!.subarray(0, 10)]).toEqual([3, 8, 8, 0, 6, 6, 1, 6, 3, 1]);
    },
    15 * 60_000,
  );
});

describe.each([
  { name: 'mnist', firstLabels: [5, 0, 4, 1, 9, 2, 1, 3, 1, 4] },
  { name: 'fashion-mnist', firstLabels: [9, 0, 0, 3, 0, 2, 7, 2, 5, 5] },
])('$name, the real one', ({ name, firstLabels }) => {
  it(
    'has the pinned images and labels, in the official order',
    async ({ skip }) => {
      try {
        await getDataset(name);
      } catch (error) {
        if (!(error instanceof Error) || !error.message.includes('could not be downloaded')) throw error;
        skip(`${name} is not in the cache and no source can be reached: ${error.message}`);
      }
      const { verified, splits } = await verifyDataset(name);
      expect(verified).toBe(true);
      expect(splits.map(({ split, size, officialOrder }) => [split, size, officialOrder])).toEqual([
        ['train', 60_000, true],
        ['test', 10_000, true],
      ]);
      const train = await loadDataset(name);
      expect([...train.labels!.subarray(0, 10)]).toEqual(firstLabels);
      const { mean, standardDeviation } = channelStatistics(train);
      expect(mean).toBeClose(datasetCard(name).channels!.mean, { relative: 1e-7, absolute: 0 });
      expect(standardDeviation).toBeClose(datasetCard(name).channels!.standardDeviation, {
        relative: 1e-7,
        absolute: 0,
      });
      for (const { check } of datasetContract) check(train);
    },
    5 * 60_000,
  );
});

describe('CIFAR-100, the real one', () => {
  const folder = join(fileURLToPath(import.meta.url), '../../../../../shared/data');

  it.skipIf(!existsSync(join(folder, 'cifar-100-binary')))(
    'has the pinned examples (skipped where ../shared/data does not have its files)',
    async () => {
      const { verified, splits } = await verifyDataset('cifar100', { folder });
      expect(verified).toBe(true);
      expect(splits.map(({ split, size }) => [split, size])).toEqual([
        ['train', 50_000],
        ['test', 10_000],
      ]);
      const train = await loadDataset('cifar100', { folder });
      const { mean, standardDeviation } = channelStatistics(train);
      expect(mean).toBeClose([0.50707516, 0.48654887, 0.44091784], { relative: 1e-7, absolute: 0 });
      expect(standardDeviation).toBeClose(datasetCard('cifar100').channels!.standardDeviation, {
        relative: 1e-7,
        absolute: 0,
      });
      for (const { check } of datasetContract) check(train);
      const coarse = await loadDataset('cifar100', { folder, labels: 'coarse' });
      const superclassOf = new Map<number, number>();
      for (const [index, fine] of train.labels!.entries()) {
        expect(superclassOf.get(fine) ?? coarse.labels![index]).toBe(coarse.labels![index]);
        superclassOf.set(fine, coarse.labels![index]!);
      }
      expect(superclassOf.get(train.classNames!.indexOf('apple'))).toBe(
        coarse.classNames!.indexOf('fruit_and_vegetables'),
      );
    },
  );
});
