import { forEachBackend } from '@hyperspherical/testing';
import { memory, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { threeDirections } from '../test/sample-prototypes.js';
import { prototypeClassifier } from './prototype-classifier.js';
import { prototypesFromExamples } from './prototypes-from-examples.js';

forEachBackend(backends, () => {
  describe('prototypesFromExamples', () => {
    it('is the direction of the mean of unit outputs, ready to extend a head', async () => {
      const outputs = tensor2d([
        [5, 0],
        [0, -1],
      ]);
      const labels = tensor1d([0, 0], 'int32');
      const before = memory().numTensors;
      const prototypes = await prototypesFromExamples(outputs, labels, 1);
      expect(memory().numTensors).toBe(before);
      expect(prototypes.values).toBeClose([Math.SQRT1_2, -Math.SQRT1_2]);
      const extended = prototypeClassifier({ prototypes: threeDirections }).extend(prototypes);
      expect(extended.predict(tensor2d([[1, -1]]))).toBeClose([3]);
    });

    it('refuses a class without examples, or whose outputs cancel out', async () => {
      const outputs = tensor2d([
        [1, 0],
        [-1, 0],
      ]);
      await expect(prototypesFromExamples(outputs, tensor1d([1, 1], 'int32'), 2)).rejects.toThrow(
        'class 0 has no example',
      );
      await expect(prototypesFromExamples(outputs, tensor1d([0, 0], 'int32'), 1)).rejects.toThrow(
        'the outputs of class 0 cancel out',
      );
    });
  });
});
