import { forEachBackend } from '@hyperspherical/testing';
import { tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { threeDirections, threeInSpace } from '../test/sample-prototypes.js';
import { jointHead, type JointTensors } from './joint-head.js';
import { headContract } from './testing/head-contract.js';

const years = { lower: 1000, upper: 2000 };
const labels = [0, 1, 2, 0, 1, 2];
const values = [1500, 1200, 1800, 1600, 1400, 1300];

forEachBackend(backends, () => {
  const targets = () => ({ labels: tensor1d(labels, 'int32'), values: tensor1d(values) });
  headContract<JointTensors>('jointHead, separate', {
    create: () => jointHead({ prototypes: threeDirections, bounds: years }),
    targets,
    expectLearned: (prediction) => {
      const { labels: found, values: years } = prediction as JointTensors;
      expect(found).toBeClose(labels, { dtype: 'int32' });
      expect(years).toBeClose(values, { relative: 0.02 });
    },
  });
  headContract<JointTensors>('jointHead, shared', {
    create: () => jointHead({ prototypes: threeInSpace, bounds: years, layout: 'shared' }),
    targets,
    expectLearned: (prediction) => {
      expect((prediction as JointTensors).labels).toBeClose(labels);
    },
  });

  describe('jointHead', () => {
    const outputs = tensor2d([[0, 0, 5]]);

    it('tells the value by the first axis and the class by the others', () => {
      const head = jointHead({ prototypes: threeDirections, bounds: years });
      expect(head.outputDimensions).toBe(3);
      const { labels: found, values: year } = head.predict(outputs);
      expect(found).toBeClose([1], { dtype: 'int32' });
      expect(year).toBeClose([1500]);
      expect(head.scores(outputs)).toBeClose([[0, 1, -0.8, 0]]);
    });

    it('weighs classification 0.25 and regression 0.75 unless told otherwise', () => {
      const target = { labels: tensor1d([0], 'int32'), values: tensor1d([2000]) };
      const head = jointHead({ prototypes: threeDirections, bounds: years });
      expect(head.loss(outputs, target)).toBeClose([0.25 * 1 + 0.75 * 1]);
      const weights = { classification: 3, regression: 5 };
      expect(
        jointHead({ prototypes: threeDirections, bounds: years, weights }).loss(outputs, target),
      ).toBeClose([8]);
    });

    it('extends to new classes', () => {
      const head = jointHead({ prototypes: threeDirections, bounds: years });
      const extended = head.extend({ ...threeDirections, classes: 1, values: Float32Array.of(0.8, -0.6) });
      expect(extended.scoreColumns).toBe(5);
      expect(extended.predict(tensor2d([[0, 4, -3]])).labels).toBeClose([3]);
    });

    it('refuses weights, bounds and layouts that are out of range', () => {
      const base = { prototypes: threeDirections, bounds: years };
      expect(() => jointHead({ ...base, weights: { classification: -1, regression: 1 } })).toThrow(
        'weights.classification must be a finite number of at least 0, and is -1',
      );
      expect(() => jointHead({ ...base, weights: { classification: 0, regression: 0 } })).toThrow(
        'weights must not both be 0',
      );
      expect(() => jointHead({ ...base, bounds: { lower: 2, upper: 1 } })).toThrow('bounds.lower must be');
      expect(() => jointHead({ ...base, layout: 'side' as 'shared' })).toThrow(
        `layout must be 'separate' or 'shared', not "side"`,
      );
    });
  });
});
