import { forEachBackend } from '@hyperspherical/testing';
import { tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { prototypeClassifier } from './prototype-classifier.js';
import { backends } from '../test/backends.js';
import { threeDirections } from '../test/sample-prototypes.js';
import { headContract } from './testing/head-contract.js';

forEachBackend(backends, () => {
  headContract('prototypeClassifier', {
    create: () => prototypeClassifier({ prototypes: threeDirections }),
    targets: () => tensor1d([0, 1, 2, 0, 1, 2], 'int32'),
    expectLearned: (prediction) => {
      expect(prediction).toBeClose([0, 1, 2, 0, 1, 2], { dtype: 'int32' });
    },
  });

  describe('prototypeClassifier', () => {
    it('scores by cosine and predicts the nearest prototype', () => {
      const head = prototypeClassifier({ prototypes: threeDirections });
      const outputs = tensor2d([
        [5, 0],
        [0, 0.1],
        [-3, -4],
      ]);
      expect(head.scores(outputs)).toBeClose([
        [1, 0, -0.6],
        [0, 1, -0.8],
        [-0.6, -0.8, 1],
      ]);
      expect(head.predict(outputs)).toBeClose([0, 1, 2], { dtype: 'int32' });
      expect(head.loss(outputs, tensor1d([0, 0, 2], 'int32'))).toBeClose([0, 1, 0]);
    });

    it('predicts the lowest class on a tie', () => {
      expect(
        prototypeClassifier({ prototypes: threeDirections }).predict(
          tensor2d([
            [1, 1],
            [0, 0],
          ]),
        ),
      ).toBeClose([0, 0]);
    });

    it('refuses prototypes that are not unit, not distinct, or of another number', () => {
      const values = (...numbers: number[]) => ({ ...threeDirections, values: Float32Array.from(numbers) });
      expect(() => prototypeClassifier({ prototypes: values(1, 0, 0, 2, -1, 0) })).toThrow(
        'prototype 1 has length 2, and must have 1',
      );
      expect(() => prototypeClassifier({ prototypes: values(1, 0, 0, NaN, -1, 0) })).toThrow(
        'row 1 of prototypes.values must hold finite float32 numbers, and holds NaN at 1',
      );
      expect(() => prototypeClassifier({ prototypes: values(1, 0, 0, 1, 1, 0) })).toThrow(
        'prototypes 0 and 2 are the same',
      );
      expect(() => prototypeClassifier({ prototypes: values(1, 0) })).toThrow(
        'prototypes.values must hold 3 rows of 2, 6 numbers; it holds 2',
      );
      expect(() => prototypeClassifier({ prototypes: { ...threeDirections, classes: 1 } })).toThrow(
        'prototypes.classes must be an integer of at least 2, and is 1',
      );
    });

    it('weighs classes and ignores a label', () => {
      const head = prototypeClassifier({
        prototypes: threeDirections,
        classWeights: [3, 1, 1],
        ignoredLabel: -1,
      });
      const outputs = tensor2d([
        [0, 1],
        [1, 0],
        [1, 0],
      ]);
      expect(head.loss(outputs, tensor1d([0, 1, -1], 'int32'))).toBeClose([3, 1, 0]);
    });

    it('extends to new classes, whose weight is 1', () => {
      const head = prototypeClassifier({ prototypes: threeDirections, classWeights: [1, 2, 3] });
      const fourth = { classes: 1, dimensions: 2, method: 'given', values: Float32Array.of(-1, 0) };
      const extended = head.extend(fourth);
      expect(extended.prototypes.classes).toBe(4);
      expect(extended.predict(tensor2d([[-5, 0]]))).toBeClose([3]);
      expect(extended.toJSON()).toMatchObject({ classWeights: [1, 2, 3, 1] });
      expect(() => head.extend({ ...fourth, dimensions: 1 })).toThrow(
        'new prototypes must have 2 dimensions like the old, and have 1',
      );
    });

    it('refuses class weights that are negative, all 0 or of another number', () => {
      const withWeights =
        (...classWeights: number[]) =>
        () =>
          prototypeClassifier({ prototypes: threeDirections, classWeights });
      expect(withWeights(1, -2, 1)).toThrow(
        'classWeights[1] must be a finite number of at least 0, and is -2',
      );
      expect(withWeights(0, 0, 0)).toThrow('classWeights must not all be 0');
      expect(withWeights(1)).toThrow('classWeights must be 3, one a class; they are 1');
    });

    it('refuses labels that are not int32, or not one an example', () => {
      const head = prototypeClassifier({ prototypes: threeDirections });
      const outputs = tensor2d([[1, 0]]);
      expect(() => head.loss(outputs, tensor1d([0]))).toThrow('labels must be int32, and are float32');
      expect(() => head.loss(outputs, tensor1d([0, 1], 'int32'))).toThrow('labels must be [1]');
    });
  });
});
