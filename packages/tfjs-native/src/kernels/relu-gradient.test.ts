import { forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import {
  enableProdMode,
  grad,
  mul,
  profile,
  relu,
  square,
  sum,
  tensor1d,
  tensor2d,
  type Tensor,
} from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import '../index.js';

// The cpu backend then prints no advertisement.
enableProdMode();

describe('the gradient of relu', () => {
  it('is one native operation', async () => {
    const x = tensor1d([-2, 3]);
    const { kernelNames } = await profile(() => grad((values: Tensor) => sum(relu(values)))(x));
    expect(kernelNames).toContain('ReluGrad');
    expect(kernelNames).not.toContain('Step');
  });
});

forEachBackend(['tensorflow', 'cpu'], () => {
  describe('the gradient of relu', () => {
    it('passes dy where the input is positive', () => {
      const x = tensor1d([-2, -0, 0, 1e-20, 3]);
      const weights = tensor1d([1, 2, 3, 4, 5]);
      expect(grad((values: Tensor) => sum(mul(relu(values), weights)))(x)).toBeClose([0, 0, 0, 4, 5]);
    });

    it('can be differentiated again', () => {
      // relu(x)^2 has the derivatives 2 relu(x), 2 where x is positive, and 0.
      const first = grad((values: Tensor) => sum(square(relu(values))));
      const second = grad((values: Tensor) => sum(first(values)));
      const third = grad((values: Tensor) => sum(mul(second(values), values)));
      const x = tensor2d([[-1, 2, 3]]);
      expect(first(x)).toBeClose([[0, 4, 6]]);
      expect(second(x)).toBeClose([[0, 2, 2]]);
      expect(third(x)).toBeClose([[0, 2, 2]]);
    });

    it('leaves no tensor behind', () => {
      const x = tensor1d([-2, 3]);
      expect(tensorsLeft(() => grad((values: Tensor) => sum(relu(values)))(x))).toBe(0);
    });
  });
});
