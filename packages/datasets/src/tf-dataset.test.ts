import '@tensorflow/tfjs-backend-cpu';
import { forEachBackend } from '@hyperspherical/testing';
import { memory, oneHot, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { numberedDataset, streamed } from '../test/numbered-dataset.js';
import { batches } from './batches.js';
import { tfDataset, type TfBatch } from './tf-dataset.js';

const dataset = numberedDataset(10, [3, 4, 2], 2);
const options = { batchSize: 4, seed: 5, augment: { padAndCrop: 1, horizontalFlip: true } };

/** What a pass over a tf.data dataset gives, as plain numbers. */
async function numbersOf(made: { forEachAsync: (f: (element: TfBatch) => void) => Promise<void> }) {
  const numbers: { xs: number[]; shape: number[]; ys: number[]; dtype: string }[] = [];
  await made.forEachAsync(({ xs, ys }) => {
    numbers.push({ xs: [...xs.dataSync()], shape: xs.shape, ys: [...ys.dataSync()], dtype: ys.dtype });
    xs.dispose();
    ys.dispose();
  });
  return numbers;
}

const expectedOf = (epoch: number, targets: 'labels' | 'values' = 'labels') =>
  [...batches(dataset, { ...options, epoch })].map((batch) => ({
    xs: [...batch.images],
    shape: batch.shape,
    ys: [...batch[targets]!],
    dtype: targets === 'labels' ? 'int32' : 'float32',
  }));

forEachBackend(['cpu'], () => {
  describe('tfDataset', () => {
    it('gives the batches of the next epoch at every pass, beginning with the first asked for', async () => {
      const made = tfDataset(dataset, { ...options, epoch: 3 });
      expect(await numbersOf(made)).toEqual(expectedOf(3));
      expect(await numbersOf(made)).toEqual(expectedOf(4));
    });

    it('gives the same of streamed datasets', async () => {
      const made = tfDataset(streamed(dataset), { ...options, prefetch: 1 });
      expect(await numbersOf(made)).toEqual(expectedOf(0));
      expect(await numbersOf(made)).toEqual(expectedOf(1));
    });

    it('has labels, values or tensors of your own as targets', async () => {
      expect(await numbersOf(tfDataset(dataset, { ...options, targets: 'values' }))).toEqual(
        expectedOf(0, 'values'),
      );
      const { labels, ...withoutLabels } = dataset;
      expect(labels).toHaveLength(10);
      expect((await numbersOf(tfDataset(withoutLabels, options)))[0]!.dtype).toBe('float32');
      const doubled = tfDataset(dataset, {
        ...options,
        targets: (batch) => tensor1d(batch.values!.map((value) => 2 * value)),
      });
      expect((await numbersOf(doubled))[0]!.ys).toEqual(
        expectedOf(0, 'values')[0]!.ys.map((value) => 2 * value),
      );
    });

    it('trains a model of tf.layers by fitDataset and leaves no tensors', async () => {
      // Class 0 is dark and class 1 bright.
      const images = dataset.images.map((_, at) => (Math.floor(at / 24) % 2 === 0 ? 20 : 220) + (at % 5));
      const model = sequential({
        layers: [
          layers.flatten({ inputShape: [3, 4, 2] }),
          layers.dense({ units: 2, activation: 'softmax', kernelInitializer: 'zeros' }),
        ],
      });
      model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy' });
      const made = tfDataset(
        { ...dataset, images },
        {
          batchSize: 4,
          seed: 0,
          targets: ({ labels }) => tidy(() => oneHot(tensor1d(labels!, 'int32'), 2)),
        },
      );
      // tf.layers has a class of its own of the same shape for what tf.data makes.
      const batched = made as unknown as Parameters<typeof model.fitDataset>[0];
      const fit = (epochs: number) => model.fitDataset(batched, { epochs });
      await fit(1);
      const before = memory().numTensors;
      const { history } = await fit(30);
      const losses = history.loss as number[];
      expect(losses.at(-1)).toBeLessThan(losses[0]! * 0.9);
      expect(memory().numTensors).toBe(before);
    });

    it('refuses bad options at once', () => {
      expect(() => tfDataset(dataset, { batchSize: 0 })).toThrow(/^batchSize is 0/);
      expect(() => tfDataset(streamed(dataset), { batchSize: 1, prefetch: -1 })).toThrow(/^prefetch is -1/);
      const { labels, values, ...bare } = dataset;
      expect(labels && values).toBeDefined();
      expect(() => tfDataset(bare, { batchSize: 1 })).toThrow('numbered train has no values to be targets.');
      expect(() => tfDataset(bare, { batchSize: 1, targets: 'labels' })).toThrow(
        'numbered train has no labels',
      );
    });
  });
});
