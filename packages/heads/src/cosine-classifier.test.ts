import { forEachBackend } from '@hyperspherical/testing';
import { sum, tensor1d, tensor2d, train, variable, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { threeDirections } from '../test/sample-prototypes.js';
import { cosineClassifier } from './cosine-classifier.js';
import { headFromJSON } from './head-from-json.js';
import { headContract } from './testing/head-contract.js';

const labels = [0, 1, 2, 0, 1, 2];

forEachBackend(backends, () => {
  for (const loss of ['cosine-softmax', 'cosface', 'arcface'] as const) {
    for (const learned of [false, true]) {
      headContract(`cosineClassifier by ${loss} over ${learned ? 'learned' : 'fixed'} vectors`, {
        create: () => cosineClassifier({ prototypes: threeDirections, loss, learned }),
        targets: () => tensor1d(labels, 'int32'),
        expectLearned: (prediction) => {
          expect(prediction).toBeClose(labels, { dtype: 'int32' });
        },
        steps: 60,
      });
    }
  }

  describe('cosineClassifier', () => {
    it('has the defaults of the papers', () => {
      const settings = (loss: 'cosine-softmax' | 'cosface' | 'arcface') => {
        const { scale, margin } = cosineClassifier({ prototypes: threeDirections, loss }).toJSON() as {
          scale: number;
          margin: number;
        };
        return [scale, margin];
      };
      expect(settings('cosine-softmax')).toEqual([16, 0]);
      expect(settings('cosface')).toEqual([64, 0.35]);
      expect(settings('arcface')).toEqual([64, 0.5]);
    });

    it('gives probabilities by the scaled cosines', () => {
      const head = cosineClassifier({ prototypes: threeDirections, scale: 2 });
      const weights = [1, 0, -0.6].map((cosine) => Math.exp(2 * cosine));
      const total = weights.reduce((left, right) => left + right);
      expect(head.probabilities(tensor2d([[9, 0]]))).toBeClose([weights.map((weight) => weight / total)]);
    });

    it('moves learned vectors towards the outputs of their class, and keeps them in its JSON', () => {
      const head = cosineClassifier({ prototypes: threeDirections, learned: true });
      const outputs = variable(tensor2d([[-1, 0.1]]));
      const optimiser = train.sgd(0.1);
      for (let step = 0; step < 20; step++) {
        optimiser.minimize(
          () => sum(head.loss(outputs as unknown as Tensor2D, tensor1d([0], 'int32'))),
          false,
          [...head.trainableVariables],
        );
      }
      expect(head.predict(outputs as unknown as Tensor2D)).toBeClose([0]);
      const restored = headFromJSON(head.toJSON());
      expect(restored.predict(outputs as unknown as Tensor2D)).toBeClose([0]);
      expect(Math.hypot(...head.prototypes().values.slice(0, 2))).toBeClose(1);
    });

    it('takes a margin a class, and gives new classes the default', () => {
      const head = cosineClassifier({
        prototypes: threeDirections,
        loss: 'cosface',
        margin: [0.1, 0.2, 0.3],
      });
      const extended = head.extend({ ...threeDirections, classes: 1, values: Float32Array.of(-1, 0) });
      expect(extended.toJSON()).toMatchObject({ margin: [0.1, 0.2, 0.3, 0.35] });
      expect(extended.scoreColumns).toBe(4);
    });

    it('refuses scales and margins that are out of range', () => {
      const prototypes = threeDirections;
      expect(() => cosineClassifier({ prototypes, scale: 0 })).toThrow(
        'scale must be a finite number above 0, and is 0',
      );
      expect(() => cosineClassifier({ prototypes, loss: 'arcface', margin: 4 })).toThrow(
        'margin must be a finite number of at least 0 and below pi, and is 4',
      );
      expect(() => cosineClassifier({ prototypes, loss: 'cosface', margin: [0, -1, 0] })).toThrow(
        'margin[1] must be a finite number of at least 0, and is -1',
      );
      expect(() => cosineClassifier({ prototypes, margin: [0] })).toThrow(
        'margin must be one number or 3, one a class; they are 1',
      );
    });
  });
});
