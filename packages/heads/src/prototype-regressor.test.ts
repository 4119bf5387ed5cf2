import { forEachBackend } from '@hyperspherical/testing';
import { tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { boundsFromTargets } from './bounds.js';
import { prototypeRegressor } from './prototype-regressor.js';
import { backends } from '../test/backends.js';
import { headContract } from './testing/head-contract.js';

const years = { lower: 1000, upper: 2000 };

forEachBackend(backends, () => {
  const targets = [1010, 1250, 1500, 1700, 1900, 1990];
  headContract('prototypeRegressor', {
    steps: 200,
    create: () => prototypeRegressor({ bounds: years, dimensions: 2 }),
    targets: () => tensor1d(targets),
    expectLearned: (prediction) => {
      expect(prediction).toBeClose(targets, { relative: 0.01 });
    },
  });

  const pairs = targets.map((year, index) => [year, index / 5]);
  headContract('prototypeRegressor of two targets', {
    steps: 200,
    create: () => prototypeRegressor({ bounds: [years, { lower: 0, upper: 1 }] }),
    targets: () => tensor2d(pairs),
    expectLearned: (prediction) => {
      expect(prediction).toBeClose(pairs, { relative: 0.01, absolute: 0.02 });
    },
  });

  describe('prototypeRegressor', () => {
    const outputs = tensor2d([
      [3, 0],
      [0, 1],
      [-1, 0],
    ]);

    it('reads the value between the bounds from the angle to the upper pole', () => {
      const head = prototypeRegressor({ bounds: years, dimensions: 2 });
      expect(head.scores(outputs)).toBeClose([[1], [0], [-1]]);
      expect(head.predict(outputs)).toBeClose([2000, 1500, 1000]);
      expect(head.loss(outputs, tensor1d([2000, 1750, 2000]))).toBeClose([0, 0.25, 4]);
    });

    it('gives every target its own sphere, and averages the loss over them', () => {
      const head = prototypeRegressor({ bounds: [years, { lower: -1, upper: 1 }], dimensions: 2 });
      expect(head.outputDimensions).toBe(4);
      const both = tensor2d([[1, 0, 1, 0]]);
      expect(head.predict(both)).toBeClose([[2000, 1]]);
      expect(head.loss(both, tensor2d([[1000, 1]]))).toBeClose([2]);
    });

    it('clamps targets to the bounds unless told not to', () => {
      const target = tensor1d([2500, 2500, 2500]);
      const clamped = prototypeRegressor({ bounds: years, dimensions: 2 });
      expect(clamped.loss(outputs, target)).toBeClose([0, 1, 4]);
      const free = prototypeRegressor({ bounds: years, dimensions: 2, clamp: false });
      expect(free.loss(outputs, target)).toBeClose([1, 4, 9]);
    });

    it('refuses bounds that are equal, reversed or not finite, and too few dimensions', () => {
      for (const [lower, upper] of [
        [1, 1],
        [2, 1],
        [NaN, 1],
        [0, Infinity],
      ] as const) {
        expect(() => prototypeRegressor({ bounds: { lower, upper } })).toThrow(
          `bounds.lower must be a finite number below bounds.upper; they are ${lower} and ${upper}`,
        );
      }
      expect(() => prototypeRegressor({ bounds: [years, { lower: 1, upper: 1 }] })).toThrow(
        'bounds[1].lower',
      );
      expect(() => prototypeRegressor({ bounds: [] })).toThrow('bounds must name at least one target');
      expect(() => prototypeRegressor({ bounds: years, dimensions: 1 })).toThrow(
        'dimensions must be an integer of at least 2, and is 1',
      );
    });

    it('refuses targets of another shape', () => {
      const head = prototypeRegressor({ bounds: years, dimensions: 2 });
      expect(() => head.loss(outputs, tensor1d([1]))).toThrow('targets must be [3]; their shape is [1]');
    });
  });

  describe('boundsFromTargets', () => {
    it('takes the smallest and largest target', () => {
      expect(boundsFromTargets([3, -1, 2])).toEqual({ lower: -1, upper: 3 });
    });

    it('refuses targets that are all equal, missing or not finite', () => {
      expect(() => boundsFromTargets([2, 2])).toThrow('all 2 targets are 2: they span no range');
      expect(() => boundsFromTargets([])).toThrow('targets must not be empty');
      expect(() => boundsFromTargets([1, NaN])).toThrow('target 1 is NaN, and must be finite');
    });
  });
});
