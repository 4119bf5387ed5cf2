import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldIndices, splitIndices } from './split-indices.js';

const labelled = (counts: readonly number[]) => {
  const labels = Int32Array.from(
    counts.flatMap((count, label) => Array.from({ length: count }, () => label)),
  );
  return { size: labels.length, labels };
};

const all = (size: number) => Array.from({ length: size }, (_, index) => index);
const sorted = (numbers: Iterable<number>) => [...numbers].sort((a, b) => a - b);

describe('splitIndices', () => {
  it('parts all images in two, with the share of every class rounded up or down', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        fc.nat(50),
        (counts, share, seed) => {
          const dataset = labelled(counts);
          fc.pre(dataset.size >= 10);
          const { train, validation } = splitIndices(dataset, { validation: share, seed });
          expect(sorted([...train, ...validation])).toEqual(all(dataset.size));
          expect([...train]).toEqual(sorted(train));
          expect(validation).toHaveLength(Math.round(dataset.size * share));
          for (const [label, count] of counts.entries()) {
            const taken = validation.filter((index) => dataset.labels[index] === label).length;
            expect(Math.abs(taken - (count * validation.length) / dataset.size)).toBeLessThan(1);
          }
        },
      ),
      { seed: 1, numRuns: 100 },
    );
  });

  it('depends on the seed, and puts every image into validation about equally often', () => {
    const dataset = labelled([6, 4]);
    const times = new Int32Array(10);
    for (let seed = 0; seed < 2000; seed += 1) {
      for (const index of splitIndices(dataset, { validation: 0.3, seed }).validation) times[index]! += 1;
    }
    // How many of a class are taken is always the same; which ones are, the seed says.
    const [large, small] = [times.subarray(0, 6), times.subarray(6)];
    for (const part of [large, small]) {
      const mean = part.reduce((sum, count) => sum + count, 0) / part.length;
      for (const count of part) expect(Math.abs(count - mean)).toBeLessThan(100);
    }
  });

  it('parts datasets without labels, or with labels that do not matter', () => {
    expect(splitIndices({ size: 10 }, { validation: 0.2, seed: 0 }).validation).toHaveLength(2);
    const seeds = Array.from({ length: 30 }, (_, seed) =>
      splitIndices(labelled([5, 5]), { validation: 0.4, seed, stratify: false }),
    );
    const first = seeds.map(({ validation }) => validation.filter((index) => index < 5).length);
    expect(new Set(first).size).toBeGreaterThan(1);
  });

  it('refuses shares that leave a part empty, and classes without labels', () => {
    const split = (validation: number) => () => splitIndices({ size: 10 }, { validation, seed: 0 });
    for (const share of [0, 1, -0.1, Number.NaN])
      expect(split(share)).toThrow(`validation is ${share}; it must`);
    expect(split(0.01)).toThrow('validation is 0.01, which takes 0 of 10 images; both parts must have');
    expect(split(0.99)).toThrow(/takes 10 of 10/);
    expect(() => splitIndices({ size: 9 }, { validation: 0.5, seed: 0, stratify: true })).toThrow(
      /no labels/,
    );
    expect(() => splitIndices({ size: 9 }, { validation: 0.5, seed: -1 })).toThrow(/^seed is -1/);
  });
});

describe('foldIndices', () => {
  it('has each image in one validation part, with sizes and classes even up to one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(30), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 2, max: 7 }),
        fc.nat(50),
        (counts, folds, seed) => {
          const dataset = labelled(counts);
          fc.pre(dataset.size >= folds);
          const made = foldIndices(dataset, { folds, seed });
          expect(made).toHaveLength(folds);
          expect(sorted(made.flatMap(({ validation }) => [...validation]))).toEqual(all(dataset.size));
          for (const { train, validation } of made) {
            expect(sorted([...train, ...validation])).toEqual(all(dataset.size));
          }
          const spread = (numbers: number[]) => Math.max(...numbers) - Math.min(...numbers);
          expect(spread(made.map(({ validation }) => validation.length))).toBeLessThanOrEqual(1);
          for (const label of counts.keys()) {
            const taken = made.map(
              ({ validation }) => validation.filter((index) => dataset.labels[index] === label).length,
            );
            expect(spread(taken)).toBeLessThanOrEqual(1);
          }
        },
      ),
      { seed: 2, numRuns: 60 },
    );
  });

  it('depends on the seed', () => {
    const first = (seed: number) => foldIndices({ size: 40 }, { folds: 4, seed })[0]!.validation.join();
    expect(first(1)).toBe(first(1));
    expect(first(1)).not.toBe(first(2));
  });

  it('refuses a number of folds that cannot be', () => {
    for (const folds of [1, 2.5, 11, Number.NaN]) {
      expect(() => foldIndices({ size: 10 }, { folds, seed: 0 })).toThrow(
        `folds is ${folds}; it must be a whole number from 2 to 10, the number of images.`,
      );
    }
  });
});
