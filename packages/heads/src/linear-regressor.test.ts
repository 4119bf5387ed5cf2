import { forEachBackend } from '@hyperspherical/testing';
import { tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { linearRegressor, standardFromTargets } from './linear-regressor.js';
import { headContract } from './testing/head-contract.js';

const targets = [3, 5, 4, 2, 6, 1];

forEachBackend(backends, () => {
  headContract('linearRegressor', {
    steps: 200,
    create: () => linearRegressor({ standards: standardFromTargets(targets) }),
    targets: () => tensor1d(targets),
    expectLearned: (prediction) => {
      expect(prediction).toBeClose(targets, { absolute: 0.02 });
    },
  });

  const pairs = targets.map((target) => [target, -target]);
  headContract('linearRegressor of two targets', {
    steps: 200,
    create: () =>
      linearRegressor({
        standards: [
          { mean: 3, deviation: 2 },
          { mean: 0, deviation: 3 },
        ],
      }),
    targets: () => tensor2d(pairs),
    expectLearned: (prediction) => {
      expect(prediction).toBeClose(pairs, { absolute: 0.05 });
    },
  });

  describe('linearRegressor', () => {
    it('puts out the value itself by default', () => {
      const head = linearRegressor();
      expect(head.predict(tensor2d([[7]]))).toBeClose([7]);
      expect(head.loss(tensor2d([[7]]), tensor1d([5]))).toBeClose([4]);
    });

    it('learns in units of the deviation and predicts in those of the target', () => {
      const head = linearRegressor({ standards: { mean: 1500, deviation: 100 } });
      expect(head.predict(tensor2d([[2]]))).toBeClose([1700]);
      expect(head.loss(tensor2d([[2]]), tensor1d([1600]))).toBeClose([1]);
    });

    it('refuses deviations of 0, means that are not finite, and an empty list', () => {
      expect(() => linearRegressor({ standards: { mean: 0, deviation: 0 } })).toThrow(
        'standards.deviation must be a finite number above 0, and is 0',
      );
      expect(() => linearRegressor({ standards: [{ mean: NaN, deviation: 1 }] })).toThrow(
        'standards[0].mean must be finite, and is NaN',
      );
      expect(() => linearRegressor({ standards: [] })).toThrow('standards must name at least one target');
    });
  });
});

describe('standardFromTargets', () => {
  it('is the mean and the deviation of the population', () => {
    expect(standardFromTargets([1, 3])).toEqual({ mean: 2, deviation: 1 });
  });

  it('refuses targets that do not vary, are missing or not finite', () => {
    expect(() => standardFromTargets([4, 4])).toThrow('all 2 targets are 4: they do not vary');
    expect(() => standardFromTargets([])).toThrow('targets must not be empty');
    expect(() => standardFromTargets([1, Infinity])).toThrow('target 1 is Infinity, and must be finite');
  });
});
