import { forEachBackend } from '@hyperspherical/testing';
import { tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { headFromJSON } from './head-from-json.js';
import { ordinalClassifier } from './ordinal-classifier.js';
import { headContract } from './testing/head-contract.js';

const labels = [0, 1, 2, 3, 1, 2];

forEachBackend(backends, () => {
  for (const distance of ['absolute', 'squared', 'squared-log'] as const) {
    headContract(`ordinalClassifier, ${distance}`, {
      create: () => ordinalClassifier({ classes: 4, distance }),
      targets: () => tensor1d(labels, 'int32'),
      expectLearned: (prediction) => {
        expect(prediction).toBeClose(labels, { dtype: 'int32' });
      },
    });
  }
  headContract('ordinalClassifier by expectation', {
    create: () =>
      ordinalClassifier({ classes: 4, distance: (t, k) => 4 * (t - k) ** 2, decoding: 'expectation' }),
    targets: () => tensor1d(labels, 'int32'),
    expectLearned: (prediction) => {
      expect(prediction).toBeClose(labels, { absolute: 0.1, dtype: 'float32' });
    },
  });

  describe('ordinalClassifier', () => {
    it('predicts the likeliest rank, or the mean rank', () => {
      const logits = tensor2d([[0, -Infinity, 0, Math.log(2)]]);
      expect(ordinalClassifier({ classes: 4 }).predict(logits)).toBeClose([3]);
      expect(ordinalClassifier({ classes: 4, decoding: 'expectation' }).predict(logits)).toBeClose([2]);
      expect(ordinalClassifier({ classes: 4 }).probabilities(logits)).toBeClose([[0.25, 0, 0.25, 0.5]]);
    });

    it('extends to further ranks above, where the distance tells how far they are', () => {
      const head = ordinalClassifier({ classes: 2, distance: 'squared', classWeights: [1, 5] }).extend(2);
      expect(head.toJSON()).toEqual(
        ordinalClassifier({ classes: 4, distance: 'squared', classWeights: [1, 5, 1, 1] }).toJSON(),
      );
      const matrix = [
        [0, 1],
        [1, 0],
      ];
      expect(() => ordinalClassifier({ classes: 2, distance: matrix }).extend(1)).toThrow(
        /distance is a matrix of 2 ranks and says nothing of further ones/,
      );
    });

    it("keeps a user's own distance in its JSON, as a matrix", () => {
      const head = ordinalClassifier({ classes: 2, distance: (t, k) => 3 * Math.abs(t - k) });
      expect(head.toJSON()).toMatchObject({
        distance: [
          [0, 3],
          [3, 0],
        ],
      });
      const logits = tensor2d([[1, 2]]);
      const label = tensor1d([0], 'int32');
      expect(headFromJSON(head.toJSON()).loss(logits, label as never)).toBeClose(
        head.loss(logits, label).arraySync(),
      );
    });

    it('refuses distances that are negative or missing, and unknown decodings', () => {
      expect(() => ordinalClassifier({ classes: 2, distance: () => -1 })).toThrow('distance(0, 0) is -1');
      expect(() =>
        ordinalClassifier({
          classes: 3,
          distance: [
            [0, 1],
            [1, 0],
          ],
        }),
      ).toThrow('distance must be a name, or a matrix of 3 rows');
      expect(() => ordinalClassifier({ classes: 2, decoding: 'median' as 'argmax' })).toThrow(
        `decoding must be 'argmax' or 'expectation', not "median"`,
      );
    });
  });
});
