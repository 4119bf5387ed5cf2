import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balancedIndices } from './balanced-indices.js';

const labelled = (counts: readonly number[]) => {
  const labels = Int32Array.from(
    counts.flatMap((count, label) => Array.from({ length: count }, () => label)),
  );
  return { size: labels.length, labels };
};

/** How often each number comes. */
function tally(numbers: Iterable<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return counts;
}

describe('balancedIndices', () => {
  it('has as many positions as images, every class equally often and in every stretch', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(30), { minLength: 1, maxLength: 6 }).filter((counts) => counts.some((n) => n > 0)),
        fc.nat(100),
        (counts, seed) => {
          const dataset = labelled(counts);
          const indices = balancedIndices(dataset, { seed, epoch: 1 });
          expect(indices).toHaveLength(dataset.size);
          const present = counts.filter((count) => count > 0).length;
          for (let first = 0; first + present <= dataset.size; first += present) {
            const round = indices.subarray(first, first + present);
            expect(new Set([...round].map((index) => dataset.labels[index])).size).toBe(present);
          }
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });

  it('repeats an image of a class only after all others of it, and takes turns with those of large classes', () => {
    const dataset = labelled([90, 9, 1]);
    const times = tally(balancedIndices(dataset, { seed: 0, epoch: 0 }));
    const timesOf = (first: number, end: number) =>
      Array.from({ length: end - first }, (_, at) => times.get(first + at) ?? 0);
    expect(Math.max(...timesOf(0, 90))).toBe(1);
    // 33 or 34 draws from 9 images.
    expect(Math.min(...timesOf(90, 99))).toBe(3);
    expect(Math.max(...timesOf(90, 99))).toBe(4);
    const epochs = Array.from({ length: 20 }, (_, epoch) => [
      ...balancedIndices(dataset, { seed: 0, epoch }),
    ]);
    expect(new Set(epochs.flat().filter((index) => index < 90)).size).toBe(90);
  });

  it('draws every image of a class about equally often over the epochs', () => {
    const dataset = labelled([10, 2]);
    const drawn = tally(
      Array.from({ length: 1000 }, (_, epoch) => [...balancedIndices(dataset, { seed: 3, epoch })]).flat(),
    );
    // 6 of 10 an epoch: 600 each with a standard deviation of 15.
    for (let index = 0; index < 10; index += 1) expect(Math.abs(drawn.get(index)! - 600)).toBeLessThan(65);
  });

  it('depends on seed and epoch alone', () => {
    const dataset = labelled([20, 10]);
    const order = (seed: number, epoch: number) => balancedIndices(dataset, { seed, epoch }).join();
    expect(order(1, 2)).toBe(order(1, 2));
    expect(new Set([order(0, 0), order(0, 1), order(1, 0), order(1, 2)]).size).toBe(4);
  });

  it('refuses a dataset without labels and seeds that are none', () => {
    expect(() => balancedIndices({ size: 3 }, { seed: 0, epoch: 0 })).toThrow(/has no labels/);
    expect(() => balancedIndices({ size: 1, labels: Int32Array.of(-1) }, { seed: 0, epoch: 0 })).toThrow(
      'labels[0] is -1; labels must be at least 0.',
    );
    expect(() => balancedIndices(labelled([1]), { seed: -1, epoch: 0 })).toThrow(/^seed is -1/);
    expect(() => balancedIndices(labelled([1]), { seed: 0, epoch: 0.5 })).toThrow(/^epoch is 0\.5/);
  });
});
