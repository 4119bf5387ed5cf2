import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { circlePrototypes } from './circle-prototypes.js';
import { oneHotPrototypes } from './one-hot-prototypes.js';
import { orthoplexPrototypes } from './orthoplex-prototypes.js';
import { separation } from './separation.js';
import { simplexPrototypes } from './simplex-prototypes.js';

const exact = { absolute: 1e-6, relative: 0 };

describe('circlePrototypes', () => {
  it('of 4 classes are the two axes and their opposites', () => {
    expect(circlePrototypes({ classes: 4 }).values).toBeClose([1, 0, 0, 1, -1, 0, 0, -1], exact);
  });
});

describe('simplexPrototypes', () => {
  it('of 3 classes in the plane are 120 degrees apart', () => {
    const half = Math.sqrt(3) / 2;
    expect(simplexPrototypes({ classes: 3, dimensions: 2 }).values).toBeClose([
      1,
      0,
      -0.5,
      half,
      -0.5,
      -half,
    ]);
  });

  it('meet at -1 / (classes - 1), every pair, in as many dimensions as there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.nat({ max: 5 }), (classes, spare) => {
        const measured = separation(simplexPrototypes({ classes, dimensions: classes - 1 + spare }));
        expect(measured.maxCosine).toBeClose(-1 / (classes - 1), exact);
        expect(measured.meanCosine).toBeClose(-1 / (classes - 1), exact);
      }),
      { seed: 1, numRuns: 30 },
    );
  });

  it('lose no digits for thousands of classes', () => {
    const [classes, dimensions] = [3000, 2999];
    const { values } = simplexPrototypes({ classes, dimensions });
    const cosine = (i: number, j: number) => {
      let sum = 0;
      for (let axis = 0; axis < dimensions; axis += 1) {
        sum += values[i * dimensions + axis]! * values[j * dimensions + axis]!;
      }
      return sum;
    };
    for (const row of [0, 1, 1500, 2998, 2999]) {
      expect(cosine(row, row)).toBeClose(1);
      expect(cosine(row, 2000)).toBeClose(-1 / 2999, exact);
    }
  });
});

describe('orthoplexPrototypes', () => {
  it('are axes, then their opposites', () => {
    expect(orthoplexPrototypes({ classes: 3, dimensions: 2 }).values).toBeClose([1, 0, 0, 1, -1, 0]);
  });
});

describe('oneHotPrototypes', () => {
  it('are the rows of the identity', () => {
    expect(oneHotPrototypes({ classes: 2, dimensions: 3 }).values).toBeClose([1, 0, 0, 0, 1, 0]);
  });
});
