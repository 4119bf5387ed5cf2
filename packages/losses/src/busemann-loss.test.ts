import { finiteDifferences, forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import { grad, sum, type Tensor, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { expectGradients } from '../test/expect-gradient.js';
import { busemannLoss } from './busemann-loss.js';

/** The formula as printed, of the point in the ball, in float64. */
function plain(z: number[], p: number[], penalty: number): number {
  const length = Math.hypot(...z);
  const g = z.map((each) => (Math.tanh(length) * each) / length);
  const apart = Math.hypot(...g.map((each, axis) => each - p[axis]!));
  return 2 * Math.log(apart) - (1 + penalty) * Math.log(1 - Math.hypot(...g) ** 2);
}

forEachBackend(backends, () => {
  describe('busemannLoss', () => {
    it('is -2r on the ray to the prototype and 2r opposite to it, without a penalty', () => {
      const outputs = tensor2d([
        [3, 0],
        [-3, 0],
        [20, 0],
      ]);
      const targets = tensor2d([
        [1, 0],
        [1, 0],
        [1, 0],
      ]);
      expect(busemannLoss(outputs, targets, { penalty: 0 })).toBeClose([-6, 6, -40], { dtype: 'float32' });
    });

    it('agrees with the printed formula and its finite differences on seeded rows', () => {
      const p = [0.6, 0, -0.8];
      expectGradients(
        { loss: (x) => sum(busemannLoss(x, tensor2d([p]))), plain: ([z]) => plain(z!, p, 0.3) },
        1,
        3,
        24,
      );
    });

    it('is 0 at the origin, where its gradient points at the prototype', () => {
      const loss = (x: Tensor) => sum(busemannLoss(x as Tensor2D, tensor2d([[0.6, 0.8]])));
      expect(loss(tensor2d([[0, 0]]))).toBeClose(0);
      expect(grad(loss)(tensor2d([[0, 0]]))).toBeClose([[-1.2, -1.6]]);
      expect(grad(loss)(tensor2d([[1e-6, 0]]))).toBeClose([[-1.2, -1.6]], { absolute: 1e-4 });
    });

    it.each([1e-3, 0.0099, 0.0101, 0.1])('has the gradient of the printed formula at length %f', (length) => {
      const p = [0.6, 0, -0.8];
      const z = [0.64, -0.6, 0.48].map((each) => length * each);
      const gradient = grad((x: Tensor) => sum(busemannLoss(x as Tensor2D, tensor2d([p]))))(tensor2d([z]));
      expect(gradient).toBeClose([[...finiteDifferences((x) => plain([...x], p, 0.3), z)]], {
        absolute: 4e-6,
      });
    });

    it('is finite for outputs that the ball would round to its edge', () => {
      const loss = (x: Tensor) =>
        busemannLoss(
          x as Tensor2D,
          tensor2d([
            [1, 0],
            [1, 0],
          ]),
        );
      const outputs = tensor2d([
        [500, 1],
        [0, 1e6],
      ]);
      const numbers = [...loss(outputs).dataSync(), ...grad((x: Tensor) => sum(loss(x)))(outputs).dataSync()];
      expect(numbers.every(Number.isFinite)).toBe(true);
    });

    it.each([5, 26, 50, 1000])('falls by 2 a length along the ray to any prototype, at %d', (length) => {
      // A power of two keeps float32's direction exactly.
      const target = [0.36, -0.48, 0.8].map((each) => Math.fround(each));
      const factor = 2 ** Math.round(Math.log2(length));
      const outputs = tensor2d([target.map((each) => each * factor)]);
      const loss = (x: Tensor) => sum(busemannLoss(x as Tensor2D, tensor2d([target]), { penalty: 0 }));
      const size = Math.hypot(...target);
      expect(loss(outputs)).toBeClose(-2 * factor * size, { relative: 1e-6 });
      expect(grad(loss)(outputs)).toBeClose([target.map((each) => (-2 * each) / size)]);
    });

    it('has a finite gradient one digit of float32 off the ray, where it is as steep as exp(2 r)', () => {
      for (const [length, angle] of [
        [30, 1e-12],
        [60, 1e-30],
        [100, 1e-37],
      ] as const) {
        const outputs = tensor2d([[length, length * angle]]);
        const gradient = grad((x: Tensor) => sum(busemannLoss(x as Tensor2D, tensor2d([[1, 0]]))))(outputs);
        expect([...gradient.dataSync()].every(Number.isFinite)).toBe(true);
      }
    });

    it('leaves no tensor behind, also with its gradient', () => {
      const rows = tensor2d([[1, 2]]);
      expect(tensorsLeft(() => busemannLoss(rows, rows))).toBe(0);
      expect(tensorsLeft(() => grad((x: Tensor) => sum(busemannLoss(x as Tensor2D, rows)))(rows))).toBe(0);
    });

    it('refuses a negative penalty', () => {
      expect(() => busemannLoss(tensor2d([[1]]), tensor2d([[1]]), { penalty: -1 })).toThrow(
        'penalty must be a finite number of at least 0, and is -1',
      );
    });
  });
});
