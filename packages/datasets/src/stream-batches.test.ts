import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberedDataset, streamed } from '../test/numbered-dataset.js';
import type { Batch } from './batch-writer.js';
import { batches } from './batches.js';
import { streamBatches, type StreamBatchOptions } from './stream-batches.js';
import type { StreamedDataset } from './streamed-dataset.js';

const dataset = numberedDataset(23, [6, 5, 3], 4);

async function collect(source: StreamedDataset, options: StreamBatchOptions): Promise<Batch[]> {
  const made: Batch[] = [];
  for await (const batch of streamBatches(source, options)) made.push(batch);
  return made;
}

describe('streamBatches', () => {
  it('gives the batches that the same images in memory give, number for number', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          batchSize: fc.integer({ min: 1, max: 25 }),
          seed: fc.nat(100),
          epoch: fc.nat(3),
          prefetch: fc.nat(4),
          dropLast: fc.boolean(),
          balanceClasses: fc.boolean(),
          augment: fc.constantFrom(
            {},
            { padAndCrop: 2, horizontalFlip: true },
            { rotation: 40, randomResizedCrop: {}, cutout: 2 },
          ),
          normalise: fc.constant({ mean: [0.5, 0.4, 0.3], standardDeviation: [0.2, 0.3, 0.4] }),
        }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (options, part) => {
          const whole = [...batches(dataset, options)];
          const start = Math.floor(part * whole.length);
          expect(await collect(streamed(dataset), { ...options, start })).toEqual(whole.slice(start));
        },
      ),
      { seed: 1, numRuns: 25 },
    );
  });

  it('decodes as many batches ahead as asked for while the caller works, and no more', async () => {
    for (const prefetch of [0, 1, 3]) {
      const source = streamed(dataset);
      const walk = streamBatches(source, { batchSize: 4, prefetch });
      expect(source.reads).toHaveLength(0);
      for (let number = 0; number < 6; number += 1) {
        await walk.next();
        expect(source.reads).toHaveLength(Math.min(6, number + 1 + prefetch));
      }
      expect((await walk.next()).done).toBe(true);
      expect(source.reads.map(({ indices }) => indices.length)).toEqual([4, 4, 4, 4, 4, 3]);
    }
  });

  it('stops what is under way when the loop is left', async () => {
    const source = streamed(dataset);
    for await (const batch of streamBatches(source, { batchSize: 4, prefetch: 3 })) {
      expect(batch.shape[0]).toBe(4);
      break;
    }
    expect(source.reads.filter(({ aborted, done }) => !aborted && !done)).toEqual([]);
    expect(source.isClosed()).toBe(false);
  });

  it('stops with the reason of the signal, before and within a read', async () => {
    const stop = new AbortController();
    const walk = streamBatches(streamed(dataset), { batchSize: 4, signal: stop.signal });
    await walk.next();
    stop.abort(new Error('enough'));
    await expect(walk.next()).rejects.toThrow('enough');
    const later = new AbortController();
    const reading = streamBatches(streamed(dataset), { batchSize: 4, signal: later.signal }).next();
    later.abort(new Error('that too'));
    await expect(reading).rejects.toThrow('that too');
  });

  it('fails with what a read fails with, when its batch is due', async () => {
    const source = streamed(dataset);
    let count = 0;
    const failing: StreamedDataset = {
      ...source,
      read: (indices, options) => {
        count += 1;
        return count === 2 ? Promise.reject(new Error('7.jpg is damaged')) : source.read(indices, options);
      },
    };
    const walk = streamBatches(failing, { batchSize: 4, prefetch: 3 });
    expect((await walk.next()).done).toBe(false);
    await expect(walk.next()).rejects.toThrow('7.jpg is damaged');
    expect((await walk.next()).done).toBe(true);
  });

  it('refuses reads of another size', async () => {
    const source = { ...streamed(dataset), read: () => Promise.resolve(new Uint8Array(5)) };
    await expect(collect(source, { batchSize: 2 })).rejects.toThrow(
      'reading 2 images of numbered train gave 5 bytes instead of 180.',
    );
  });

  it('refuses bad options at once', () => {
    const source = streamed(dataset);
    expect(() => streamBatches(source, { batchSize: 0 })).toThrow(/^batchSize is 0/);
    expect(() => streamBatches(source, { batchSize: 1, prefetch: -1 })).toThrow(
      'prefetch is -1; it must be a whole number of batches, at least 0.',
    );
    expect(() => streamBatches(source, { batchSize: 1, prefetch: 0.5 })).toThrow(/^prefetch is 0\.5/);
  });
});
