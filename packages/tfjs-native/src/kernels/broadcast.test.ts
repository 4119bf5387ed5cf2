import { forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import {
  engine,
  enableProdMode,
  grad,
  mean,
  mul,
  profile,
  randomUniform,
  square,
  sum,
  tensor,
  tensor2d,
  zeros,
  type Tensor,
} from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import '../index.js';

// The cpu backend then prints no advertisement.
enableProdMode();

describe('BroadcastTo', () => {
  it('repeats along axes of length 1', () => {
    const row = tensor2d([[1, 2]]);
    expect(engine().runKernel<Tensor>('BroadcastTo', { x: row }, { shape: [3, 2] })).toBeClose([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
  });

  it('is all that the gradients of sum and mean need besides small tensors', async () => {
    const values = zeros([2, 4, 4, 3]);
    const { kernels } = await profile(() => grad((x: Tensor) => sum(mean(x, [1, 2])))(values));
    const large = kernels.filter(({ outputShapes }) => outputShapes.some((shape) => shape.length === 4));
    // Cast and Identity share the memory of x.
    expect(large.map(({ name }) => name)).toEqual(['Cast', 'Identity', 'Reshape', 'BroadcastTo']);
  });
});

forEachBackend(['tensorflow', 'cpu'], () => {
  const x = (): Tensor =>
    tensor2d([
      [1, 2, 3],
      [4, 5, 6],
    ]);

  describe('the gradient of sum', () => {
    it('gives every summand its sum gradient', () => {
      const weights = tensor([10, 20]);
      expect(grad((values: Tensor) => sum(mul(sum(values, 1), weights)))(x())).toBeClose([
        [10, 10, 10],
        [20, 20, 20],
      ]);
      expect(
        grad((values: Tensor) => sum(mul(sum(values, -1, true), tensor2d([[10], [20]]))))(x()),
      ).toBeClose([
        [10, 10, 10],
        [20, 20, 20],
      ]);
      expect(grad((values: Tensor) => square(sum(values)))(x())).toBeClose([
        [42, 42, 42],
        [42, 42, 42],
      ]);
    });

    it('is float32 for whole numbers too', () => {
      const gradient = grad((values: Tensor) => sum(values))(tensor([1, 2], [2], 'int32'));
      expect(gradient).toBeClose([1, 1], { dtype: 'float32' });
    });

    it('works for scalars, no axes and empty tensors', () => {
      expect(grad((value: Tensor) => sum(value))(tensor(7))).toBeClose(1);
      expect(grad((values: Tensor) => sum(sum(values, [])))(x())).toBeClose([
        [1, 1, 1],
        [1, 1, 1],
      ]);
      expect(grad((values: Tensor) => sum(values))(zeros([0, 3])).shape).toEqual([0, 3]);
    });
  });

  describe('the gradient of mean', () => {
    it('divides by the number of values', () => {
      expect(grad((values: Tensor) => sum(square(mean(values, 0))))(x())).toBeClose([
        [2.5, 3.5, 4.5],
        [2.5, 3.5, 4.5],
      ]);
    });

    it('spreads over the pixels of a global average pool', () => {
      const weights = randomUniform([2, 3], -1, 1, 'float32', 5);
      const gradient = grad((values: Tensor) => sum(mul(mean(values, [1, 2]), weights)))(zeros([2, 4, 5, 3]));
      const rows = weights.arraySync() as number[][];
      expect(gradient).toBeClose(
        rows.map((row) =>
          Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => row.map((v) => v / 20))),
        ),
      );
    });

    it('can be differentiated again', () => {
      // mean(x)^2 over n values: every second derivative is 2 / n^2, and a row of the Hessian adds up to 2 / n.
      const first = grad((values: Tensor) => square(mean(values)));
      expect(grad((values: Tensor) => sum(first(values)))(x())).toBeClose([
        [1 / 3, 1 / 3, 1 / 3],
        [1 / 3, 1 / 3, 1 / 3],
      ]);
    });

    it('leaves no tensor behind', () => {
      const values = x();
      expect(tensorsLeft(() => grad((v: Tensor) => mean(sum(v, 1)))(values))).toBe(0);
    });
  });
});
