import { forEachBackend } from '@hyperspherical/testing';
import { grad, mul, relu, sum, tensor4d, type Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../../test/backends.js';
import { halvingMaxPool } from './halving-max-pool.js';

forEachBackend(backends, () => {
  describe('halvingMaxPool', () => {
    it('takes the maximum around every second pixel of an even image', () => {
      const image = tensor4d([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], [1, 4, 4, 1]);
      expect(halvingMaxPool(image, false)).toBeClose([
        [
          [[5], [7]],
          [[13], [15]],
        ],
      ]);
    });

    it('reaches over the last pixel of an odd image', () => {
      const image = tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
      expect(halvingMaxPool(image, false)).toBeClose([
        [
          [[5], [6]],
          [[8], [9]],
        ],
      ]);
    });

    it('has the gradient of the pixels that win, after ReLU', () => {
      const x = tensor4d([-1, -2, -3, 5], [1, 2, 2, 1]);
      const gradient = grad((values: Tensor) => sum(mul(halvingMaxPool(relu(values) as typeof x, true), 3)))(
        x,
      );
      expect(gradient).toBeClose([
        [
          [[0], [0]],
          [[0], [3]],
        ],
      ]);
    });
  });
});
