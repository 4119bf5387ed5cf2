import { forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import { tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { threeDirections } from '../test/sample-prototypes.js';
import { headFromJSON } from './head-from-json.js';
import { nearestMeanClassifier } from './nearest-mean-classifier.js';
import { headContract } from './testing/head-contract.js';

const labels = [0, 1, 2, 0, 1, 2];

forEachBackend(backends, () => {
  headContract('nearestMeanClassifier', {
    create: () => nearestMeanClassifier({ means: threeDirections }),
    targets: () => tensor1d(labels, 'int32'),
    expectLearned: (prediction) => {
      expect(prediction).toBeClose(labels, { dtype: 'int32' });
    },
  });

  describe('nearestMeanClassifier', () => {
    const outputs = tensor2d([
      [0, 2],
      [3, 0],
      [-4, 0],
    ]);
    const ofClass0And2 = tensor1d([0, 0, 2], 'int32');

    it('moves the means of the classes in the batch by decay', () => {
      const head = nearestMeanClassifier({ means: threeDirections, decay: 0.5 });
      head.update(outputs, ofClass0And2);
      expect(head.variables[0]).toBeClose([
        [0.75, 0.25],
        [0, 1],
        [-0.8, -0.4],
      ]);
    });

    it('recomputes means outright', () => {
      const head = nearestMeanClassifier({ means: threeDirections });
      head.recompute(outputs, ofClass0And2);
      expect(head.variables[0]).toBeClose([
        [0.5, 0.5],
        [0, 1],
        [-1, 0],
      ]);
      expect(head.predict(tensor2d([[1, 1.1]]))).toBeClose([0]);
    });

    it('takes no notice of ignored labels', () => {
      const head = nearestMeanClassifier({ means: threeDirections, decay: 0, ignoredLabel: -1 });
      head.update(outputs, tensor1d([-1, -1, 2], 'int32'));
      expect(head.variables[0]).toBeClose([
        [1, 0],
        [0, 1],
        [-1, 0],
      ]);
    });

    it('keeps moved means in its JSON, even when two became the same', () => {
      const head = nearestMeanClassifier({ means: threeDirections, decay: 0 });
      head.update(
        tensor2d([
          [1, 0],
          [1, 0],
        ]),
        tensor1d([1, 2], 'int32'),
      );
      const restored = headFromJSON(head.toJSON());
      expect(restored.variables[0]).toBeClose([
        [1, 0],
        [1, 0],
        [1, 0],
      ]);
    });

    it('extends to new classes', () => {
      const head = nearestMeanClassifier({ means: threeDirections });
      const extended = head.extend({ ...threeDirections, classes: 1, values: Float32Array.of(-1, 0) });
      expect(extended.predict(tensor2d([[-1, 0.1]]))).toBeClose([3]);
    });

    it('leaves no tensor behind when it moves', () => {
      const head = nearestMeanClassifier({ means: threeDirections });
      expect(
        tensorsLeft(() => {
          head.update(outputs, ofClass0And2);
          return [];
        }),
      ).toBe(0);
    });

    it('refuses a decay of 1', () => {
      expect(() => nearestMeanClassifier({ means: threeDirections, decay: 1 })).toThrow(
        'decay must be from 0 to below 1, and is 1',
      );
    });
  });
});
