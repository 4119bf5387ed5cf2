import { describe, expect, it } from 'vitest';
import { streamed } from '../test/numbered-dataset.js';
import type { Dataset } from './dataset.js';
import { firstImages, subset } from './subset.js';
import { datasetContract } from './testing/dataset-contract.js';

const dataset: Dataset = {
  name: 'dots',
  split: 'train',
  size: 4,
  imageShape: [1, 2, 1],
  images: Uint8Array.of(0, 1, 10, 11, 20, 21, 30, 31),
  labels: Int32Array.of(0, 1, 0, 1),
  values: Float32Array.of(0, 0.25, 0.5, 0.75),
  classNames: ['even', 'odd'],
};

describe('subset', () => {
  it('takes the images of the given indices in their order, twice if asked', () => {
    const { size, images, labels, values } = subset(dataset, [3, 0, 3]);
    expect(size).toBe(3);
    expect([...images]).toEqual([30, 31, 0, 1, 30, 31]);
    expect([...labels!]).toEqual([1, 0, 1]);
    expect([...values!]).toEqual([0.75, 0, 0.75]);
  });

  it('copies, so that the dataset stays as it is', () => {
    subset(dataset, [0]).images[0] = 99;
    expect(dataset.images[0]).toBe(0);
  });

  it('refuses what is no position in the dataset', () => {
    for (const index of [-1, 4, 0.5, Number.NaN]) {
      expect(() => subset(dataset, [0, index])).toThrow(
        `indices[1] is ${index}; it must be a whole number from 0 to 3, a position in dots train.`,
      );
    }
  });
});

describe('firstImages', () => {
  it('takes the first images without copying them', () => {
    const { size, images, labels, values } = firstImages(dataset, 2);
    expect(size).toBe(2);
    expect([...images]).toEqual([0, 1, 10, 11]);
    expect([...labels!, ...values!]).toEqual([0, 1, 0, 0.25]);
    expect(images.buffer).toBe(dataset.images.buffer);
  });

  it('takes all when there are fewer', () => {
    expect(firstImages(dataset, 100).size).toBe(4);
  });

  it('refuses a count that is not a whole number of at least 1', () => {
    for (const count of [0, -1, 1.5, Number.NaN]) {
      expect(() => firstImages(dataset, count)).toThrow(`count is ${count}; it must be a whole number`);
    }
  });
});

describe.each(datasetContract)('every part of a dataset', ({ title, check }) => {
  it(title, () => {
    check(subset(dataset, [2, 1]));
    check(firstImages(dataset, 3));
  });
});

describe('subset of a streamed dataset', () => {
  it('reads the chosen images alone, and closes with the dataset', async () => {
    const whole = streamed(dataset);
    const part = subset(whole, [3, 0, 2]);
    expect(part.size).toBe(3);
    expect([...part.labels!]).toEqual([1, 0, 0]);
    expect([...(await part.read([2, 0]))]).toEqual([20, 21, 30, 31]);
    expect(whole.reads.map(({ indices }) => indices)).toEqual([[2, 3]]);
    await expect(part.read([3])).rejects.toThrow(
      'indices[0] is 3; it must be a whole number from 0 to 2, a position in dots train.',
    );
    await part.close();
    expect(whole.isClosed()).toBe(true);
  });

  it('hands signals on', async () => {
    const stop = new AbortController();
    const reading = subset(streamed(dataset), [1]).read([0], { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
  });
});
