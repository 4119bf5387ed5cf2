import { finiteDifferences, forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import {
  batchNorm4d,
  grad,
  grads,
  moments,
  mul,
  profile,
  sum,
  tensor1d,
  tensor4d,
  variable,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backends } from '../../test/backends.js';
import { referenceNormalisation } from '../../test/reference-layers.js';
import { normaliseBatch, type BatchStatistics } from './normalise-batch.js';

const epsilon = 1e-5;

function statistics(scale: Tensor1D, offset: Tensor1D): BatchStatistics {
  const runningMean = variable(tensor1d(new Float32Array(scale.size)), false);
  const runningVariance = variable(tensor1d(new Float32Array(scale.size).fill(1)), false);
  return { scale, offset, runningMean, runningVariance, momentum: 0.1, epsilon };
}

/** Each output counts differently, so that no gradient cancels. */
const weightOf = (index: number): number => Math.sin(1 + index);
const loss = (y: Tensor4D): Scalar =>
  sum(
    mul(
      y,
      tensor4d(
        Float32Array.from({ length: y.size }, (_, index) => weightOf(index)),
        y.shape,
      ),
    ),
  );

forEachBackend(backends, (backend) => {
  describe('normaliseBatch', () => {
    it('centres the pixels 1 and 3 to -1 and 1, and moves the running statistics a tenth of the way', () => {
      const stats = statistics(tensor1d([2]), tensor1d([5]));
      const unit = 1 / Math.sqrt(1 + epsilon);
      expect(normaliseBatch(tensor4d([1, 3], [2, 1, 1, 1]), stats)).toBeClose([
        [[[5 - 2 * unit]]],
        [[[5 + 2 * unit]]],
      ]);
      expect(stats.runningMean).toBeClose([0.2]);
      // The unbiased variance is 2: 0.9 * 1 + 0.1 * 2.
      expect(stats.runningVariance).toBeClose([1.1]);
    });

    it('takes one value a channel: the result is the offset', () => {
      const stats = statistics(tensor1d([2]), tensor1d([5]));
      expect(normaliseBatch(tensor4d([7], [1, 1, 1, 1]), stats)).toBeClose([[[[5]]]]);
      expect(stats.runningMean).toBeClose([0.7]);
      expect(stats.runningVariance).toBeClose([0.9]);
    });

    it('has the gradients that differences in float64 have', () => {
      const values = Float64Array.from({ length: 24 }, (_, index) => Math.fround(Math.cos(3 * index ** 2)));
      const shape: [number, number, number, number] = [3, 2, 2, 2];
      const [scale, offset] = [
        [1.5, -0.5],
        [0.25, 1],
      ] as [number[], number[]];
      const reference = (x: Float64Array, s: ArrayLike<number>, o: ArrayLike<number>): number =>
        referenceNormalisation({ shape, values: x }, s, o).values.reduce(
          (total, value, index) => total + value * weightOf(index),
          0,
        );
      const [dx, scaleGradient, offsetGradient] = grads((x: Tensor, s: Tensor, o: Tensor) =>
        loss(normaliseBatch(x as Tensor4D, statistics(s as Tensor1D, o as Tensor1D))),
      )([tensor4d(Float32Array.from(values), shape), tensor1d(scale), tensor1d(offset)]);
      const close = { absolute: 1e-5 };
      expect(dx!.dataSync()).toBeClose(
        finiteDifferences((x) => reference(x, scale, offset), values),
        close,
      );
      expect(scaleGradient).toBeClose(
        finiteDifferences((s) => reference(values, s, offset), scale),
        close,
      );
      expect(offsetGradient).toBeClose(
        finiteDifferences((o) => reference(values, scale, o), offset),
        close,
      );
    });

    it('agrees with moments and batchNorm, differentiated by tfjs', () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
          const numbers = Float32Array.from({ length: 96 }, (_, index) => Math.sin(seed * (index + 1) ** 2));
          const inputs = [tensor4d(numbers, [2, 4, 4, 3]), tensor1d([1, 2, -1]), tensor1d([0, 1, 2])];
          const ours = (x: Tensor, s: Tensor, o: Tensor): Tensor4D =>
            normaliseBatch(x as Tensor4D, statistics(s as Tensor1D, o as Tensor1D));
          const plain = (x: Tensor, s: Tensor, o: Tensor): Tensor4D => {
            const { mean, variance } = moments(x, [0, 1, 2]);
            return batchNorm4d(
              x as Tensor4D,
              mean as Tensor1D,
              variance as Tensor1D,
              o as Tensor1D,
              s as Tensor1D,
              epsilon,
            );
          };
          const [x, s, o] = inputs as [Tensor, Tensor, Tensor];
          expect(ours(x, s, o)).toBeClose(plain(x, s, o), { absolute: 1e-5 });
          const gradients = grads((...given: Tensor[]) => loss(ours(given[0]!, given[1]!, given[2]!)))(
            inputs,
          );
          const wanted = grads((...given: Tensor[]) => loss(plain(given[0]!, given[1]!, given[2]!)))(inputs);
          for (const [index, gradient] of gradients.entries()) {
            expect(gradient).toBeClose(wanted[index], { absolute: 1e-5 });
          }
        }),
        { seed: 2, numRuns: 20 },
      );
    });

    it('frees everything besides its result', () => {
      const stats = statistics(tensor1d([2]), tensor1d([5]));
      const x = tensor4d([1, 3], [2, 1, 1, 1]);
      expect(tensorsLeft(() => normaliseBatch(x, stats))).toBe(0);
      expect(
        tensorsLeft(() => grad((values: Tensor) => loss(normaliseBatch(values as Tensor4D, stats)))(x)),
      ).toBe(0);
    });

    it('is one native operation where the backend has it', async () => {
      const stats = statistics(tensor1d([2]), tensor1d([5]));
      const x = tensor4d([1, 3], [2, 1, 1, 1]);
      const { kernelNames } = await profile(() => normaliseBatch(x, stats));
      if (backend === 'tensorflow') expect(kernelNames).toEqual(['FusedBatchNormV3']);
      else expect(kernelNames).not.toContain('FusedBatchNormV3');
    });
  });
});
