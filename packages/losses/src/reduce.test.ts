import { forEachBackend } from '@hyperspherical/testing';
import { tensor1d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { reduce, type Reduction } from './reduce.js';
import { backends } from '../test/backends.js';

forEachBackend(backends, () => {
  describe('reduce', () => {
    it('adds or averages', () => {
      expect(reduce(tensor1d([1, 2, 6]), 'sum')).toBeClose(9);
      expect(reduce(tensor1d([1, 2, 6]), 'mean')).toBeClose(3);
    });

    it('divides a weighted mean by the weights, and gives 0 when they sum to 0', () => {
      expect(reduce(tensor1d([2, 0, 6]), 'mean', { weights: tensor1d([1, 0, 3]) })).toBeClose(2);
      expect(reduce(tensor1d([0, 0]), 'mean', { weights: tensor1d([0, 0]) })).toBeClose(0);
    });

    it('refuses another word, and weights of another size', () => {
      expect(() => reduce(tensor1d([1]), 'median' as Reduction)).toThrow(
        `reduction must be 'mean' or 'sum', not "median"`,
      );
      expect(() => reduce(tensor1d([1]), 'mean', { weights: tensor1d([1, 2]) })).toThrow(
        'weights must be a vector of 1',
      );
    });
  });
});
