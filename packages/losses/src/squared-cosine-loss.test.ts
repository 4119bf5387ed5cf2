import { finiteDifferences, forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import {
  gather,
  grad,
  mul,
  sum,
  type Tensor,
  tensor1d,
  tensor2d,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reduce } from './reduce.js';
import { squaredCosineLoss } from './squared-cosine-loss.js';
import { goldenCase } from '../test/golden-case.js';
import { referenceCosine, rowsOf } from '../test/reference-cosine.js';
import { backends } from '../test/backends.js';

forEachBackend(backends, () => {
  describe('squaredCosineLoss', () => {
    it('is 0 along the prototype, 1 at right angles, 4 opposite to it, whatever the lengths', () => {
      const outputs = tensor2d([
        [3, 0],
        [0, 0.1],
        [-2, 0],
      ]);
      const targets = tensor2d([
        [1, 0],
        [7, 0],
        [1, 0],
      ]);
      expect(squaredCosineLoss(outputs, targets)).toBeClose([0, 1, 4], { dtype: 'float32' });
    });

    it.each(['mean', 'sum'] as const)('agrees with the float64 value and gradient of its %s', (reduction) => {
      const golden = goldenCase(`hyperspherical_classification_${reduction}`);
      const targets = gather(tensor2d(golden.prototypes), tensor1d(golden.labels, 'int32'));
      const loss = (outputs: Tensor) => reduce(squaredCosineLoss(outputs as Tensor2D, targets), reduction);
      const outputs = tensor2d(golden.x);
      expect(loss(outputs)).toBeClose(golden.value);
      expect(grad(loss)(outputs)).toBeClose(golden.grad);
    });

    it('agrees with plain JavaScript and its finite differences on seeded rows', () => {
      fc.assert(
        fc.property(
          fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 8, maxLength: 8 }),
          (numbers) => {
            const flat = Float32Array.from(numbers);
            const [z, p] = [flat.slice(0, 4), flat.slice(4)];
            fc.pre(Math.hypot(...z) > 0.1 && Math.hypot(...p) > 0.1);
            const plain = (x: ArrayLike<number>) => (1 - referenceCosine(x, p)) ** 2;
            const loss = (outputs: Tensor) =>
              sum(squaredCosineLoss(outputs as Tensor2D, tensor2d(rowsOf(p, 4))));
            expect(loss(tensor2d(rowsOf(z, 4)))).toBeClose(plain(z));
            const gradient = grad(loss)(tensor2d(rowsOf(z, 4)));
            expect(gradient).toBeClose([Array.from(finiteDifferences(plain, z))], {
              relative: 1e-4,
              absolute: 1e-5,
            });
          },
        ),
        { seed: 1, numRuns: 25 },
      );
    });

    it('has loss 1 and gradient 0 at the zero vector', () => {
      const target = tensor2d([[0.6, 0.8]]);
      const loss = (outputs: Tensor) => sum(squaredCosineLoss(outputs as Tensor2D, target));
      const zero = tensor2d([[0, 0]]);
      expect(loss(zero)).toBeClose(1);
      expect(grad(loss)(zero)).toBeClose([[0, 0]]);
    });

    it('leaves no tensor behind, also with its gradient', () => {
      const outputs = tensor2d([[1, 2]]);
      const targets = tensor2d([[0, 1]]);
      expect(tensorsLeft(() => squaredCosineLoss(outputs, targets))).toBe(0);
      const gradient = grad((x: Tensor) => sum(mul(2, squaredCosineLoss(x as Tensor2D, targets))));
      expect(tensorsLeft(() => gradient(outputs))).toBe(0);
    });

    it('refuses shapes that do not fit', () => {
      const outputs = tensor2d([[1, 2]]);
      expect(() => squaredCosineLoss(outputs, tensor2d([[1, 2, 3]]))).toThrow(
        'outputs and targets must have one shape; they have [1, 2] and [1, 3]',
      );
      expect(() => squaredCosineLoss(tensor1d([1]) as unknown as Tensor2D, outputs)).toThrow(
        'outputs must be a matrix, one row an example; its shape is [1]',
      );
    });
  });
});
