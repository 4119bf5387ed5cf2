import { describe, expect, it } from 'vitest';
import { numberedDataset } from '../test/numbered-dataset.js';
import { classSubsetIndices } from './class-subset-indices.js';
import { linearCounts } from './linear-counts.js';
import { longTailCounts } from './long-tail-counts.js';
import { subset } from './subset.js';

const dataset = numberedDataset(600, [1, 1, 1], 3);

function countsOf(indices: Int32Array): number[] {
  return [0, 1, 2].map((label) => indices.filter((index) => dataset.labels![index] === label).length);
}

describe('classSubsetIndices', () => {
  it('chooses as many images of each class as asked for, each once, in ascending order', () => {
    const indices = classSubsetIndices(dataset, [2, 0, 200], { seed: 0 });
    expect(countsOf(indices)).toEqual([2, 0, 200]);
    expect([...indices]).toEqual([...new Set(indices)].sort((a, b) => a - b));
    expect(countsOf(classSubsetIndices(dataset, 5, { seed: 0 }))).toEqual([5, 5, 5]);
  });

  it('makes the subsets of low-shot, linear and long-tailed studies', () => {
    const linear = classSubsetIndices(dataset, linearCounts({ classes: 3 }), { seed: 0 });
    expect(countsOf(linear)).toEqual([2, 101, 200]);
    const tail = classSubsetIndices(dataset, longTailCounts({ classes: 3, largest: 200, ratio: 100 }), {
      seed: 0,
    });
    expect(countsOf(tail)).toEqual([200, 20, 2]);
    expect(subset(dataset, tail).size).toBe(222);
  });

  it('has a smaller choice within a larger one of the same seed', () => {
    const few = classSubsetIndices(dataset, 5, { seed: 4 });
    const many = new Set(classSubsetIndices(dataset, [7, 5, 100], { seed: 4 }));
    expect(few.every((index) => many.has(index))).toBe(true);
    expect(classSubsetIndices(dataset, 5, { seed: 5 })).not.toEqual(few);
  });

  it('chooses every image about equally often over the seeds', () => {
    const small = numberedDataset(10, [1, 1, 1], 2);
    const times = new Int32Array(10);
    for (let seed = 0; seed < 2000; seed += 1) {
      for (const index of classSubsetIndices(small, 2, { seed })) times[index]! += 1;
    }
    // 800 each, with a standard deviation of 22.
    for (const count of times) expect(Math.abs(count - 800)).toBeLessThan(95);
  });

  it('refuses counts that the dataset cannot give, and names the class', () => {
    const choose = (counts: number | number[]) => () => classSubsetIndices(dataset, counts, { seed: 0 });
    expect(choose([1, 2])).toThrow('there are 2 counts for 3 classes; give one a class.');
    expect(choose([1, 201, 1])).toThrow('class 1 (class 1) has 200 images; 201 cannot be chosen from them.');
    expect(choose(0.5)).toThrow('the count for class 0 (class 0) is 0.5; it must be a whole number');
    expect(choose(-1)).toThrow(/is -1/);
    expect(() => classSubsetIndices({ size: 3 }, 1, { seed: 0 })).toThrow(/no labels/);
    expect(() => classSubsetIndices(dataset, 1, { seed: 1.5 })).toThrow(/^seed is 1\.5/);
  });
});

describe('linearCounts', () => {
  it("gives the paper's 2, 4, ..., 200 for 100 classes", () => {
    expect(linearCounts({ classes: 100 })).toEqual(
      Array.from({ length: 100 }, (_, label) => 2 * (label + 1)),
    );
  });

  it('falls where the last is smaller, and rounds', () => {
    expect(linearCounts({ classes: 3, from: 10, to: 3 })).toEqual([10, 7, 3]);
  });

  it('refuses what is no count', () => {
    expect(() => linearCounts({ classes: 1 })).toThrow(
      'classes is 1; it must be a whole number, at least 2.',
    );
    expect(() => linearCounts({ classes: 2, from: -1 })).toThrow(/^from is -1/);
    expect(() => linearCounts({ classes: 2, to: 1.5 })).toThrow(/^to is 1\.5/);
  });
});

describe('longTailCounts', () => {
  it('falls by one factor from class to class, down to largest / ratio', () => {
    expect(longTailCounts({ classes: 3, largest: 500, ratio: 100 })).toEqual([500, 50, 5]);
    // The counts of the usual CIFAR-10-LT with a ratio of 100.
    expect(longTailCounts({ classes: 10, largest: 5000, ratio: 100 })).toEqual([
      5000, 2997, 1796, 1077, 645, 387, 232, 139, 83, 50,
    ]);
    expect(longTailCounts({ classes: 4, largest: 7, ratio: 1 })).toEqual([7, 7, 7, 7]);
  });

  it('leaves every class one image', () => {
    expect(longTailCounts({ classes: 3, largest: 10, ratio: 1000 })).toEqual([10, 1, 1]);
  });

  it('refuses what is no count or ratio', () => {
    expect(() => longTailCounts({ classes: 0, largest: 5, ratio: 1 })).toThrow(/^classes is 0/);
    expect(() => longTailCounts({ classes: 2, largest: 0, ratio: 1 })).toThrow(/^largest is 0/);
    for (const ratio of [0.5, Number.NaN, Infinity]) {
      expect(() => longTailCounts({ classes: 2, largest: 5, ratio })).toThrow(`ratio is ${ratio};`);
    }
  });
});
