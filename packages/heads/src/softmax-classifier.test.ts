import { forEachBackend } from '@hyperspherical/testing';
import { tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { softmaxClassifier } from './softmax-classifier.js';
import { backends } from '../test/backends.js';
import { headContract } from './testing/head-contract.js';

forEachBackend(backends, () => {
  headContract('softmaxClassifier', {
    create: () => softmaxClassifier({ classes: 3 }),
    targets: () => tensor1d([0, 1, 2, 0, 1, 2], 'int32'),
    expectLearned: (prediction) => {
      expect(prediction).toBeClose([0, 1, 2, 0, 1, 2], { dtype: 'int32' });
    },
  });

  describe('softmaxClassifier', () => {
    it('turns logits into probabilities, the likeliest class and the cross entropy', () => {
      const head = softmaxClassifier({ classes: 2 });
      const logits = tensor2d([[0, Math.log(3)]]);
      expect(head.scores(logits)).toBeClose([[0, Math.log(3)]]);
      expect(head.probabilities(logits)).toBeClose([[0.25, 0.75]]);
      expect(head.predict(logits)).toBeClose([1], { dtype: 'int32' });
      expect(head.loss(logits, tensor1d([0], 'int32'))).toBeClose([Math.log(4)]);
    });

    it('extends to further logits', () => {
      const extended = softmaxClassifier({ classes: 2, classWeights: [1, 5] }).extend(2);
      expect(extended.outputDimensions).toBe(4);
      expect(extended.toJSON()).toEqual({
        kind: 'softmax-classifier',
        classes: 4,
        classWeights: [1, 5, 1, 1],
      });
    });

    it('refuses fewer than 2 classes', () => {
      for (const classes of [1, 2.5, NaN]) {
        expect(() => softmaxClassifier({ classes })).toThrow(
          `classes must be an integer of at least 2, and is ${classes}`,
        );
      }
    });
  });
});
