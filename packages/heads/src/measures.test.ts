import { forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import { tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { accuracy, meanAbsoluteError } from './measures.js';

forEachBackend(backends, () => {
  describe('accuracy', () => {
    it('is the share of labels that were predicted', () => {
      const labels = tensor1d([1, 2, 3, 4], 'int32');
      expect(accuracy(tensor1d([1, 2, 0, 4], 'int32'), labels)).toBeClose(0.75);
      expect(tensorsLeft(() => accuracy(labels, labels))).toBe(0);
    });
  });

  describe('meanAbsoluteError', () => {
    it('is the mean distance, in the unit of the targets', () => {
      expect(meanAbsoluteError(tensor1d([1, 5]), tensor1d([2, 2]))).toBeClose(2);
      expect(meanAbsoluteError(tensor2d([[1, 5]]), tensor2d([[2, 2]]))).toBeClose(2);
    });
  });
});
