import { finiteDifferences, tensorsLeft } from '@hyperspherical/testing';
import {
  add,
  batchNorm,
  engine,
  grads,
  memory,
  moments,
  mul,
  ones,
  scalar,
  square,
  sum,
  tensor1d,
  tensor4d,
  zeros,
  type Scalar,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nativeBackend } from '../index.js';

const epsilon = 1e-5;

function normalise(x: Tensor, scale: Tensor, offset: Tensor): [Tensor, Tensor, Tensor] {
  const channels = scale.size;
  const [y, mean, variance] = engine().runKernel<Tensor[]>(
    'FusedBatchNormV3',
    { x, scale, offset, mean: zeros([channels]), variance: ones([channels]) },
    { epsilon, exponentialAverageFactor: 0.1 },
  );
  return [y!, mean!, variance!];
}

function plain(x: Tensor, scale: Tensor, offset: Tensor): Tensor {
  const { mean, variance } = moments(x, [0, 1, 2]);
  return batchNorm(x as Tensor4D, mean, variance, offset, scale, epsilon);
}

/** Weights of the outputs, so that each has a gradient of its own. */
const loss = (y: Tensor): Scalar => {
  const weights = Float32Array.from({ length: y.size }, (_, index) => Math.sin(1 + index));
  return sum(mul(y, tensor4d(weights, y.shape as [number, number, number, number])));
};

/** The same in float64: values are [examples, channels], row by row. */
function referenceLoss(values: Float64Array, scale: ArrayLike<number>, offset: ArrayLike<number>): number {
  const channels = scale.length;
  const count = values.length / channels;
  let total = 0;
  for (let channel = 0; channel < channels; channel += 1) {
    const column = Array.from({ length: count }, (_, row) => values[row * channels + channel]!);
    const mean = column.reduce((sumSoFar, value) => sumSoFar + value, 0) / count;
    const variance = column.reduce((sumSoFar, value) => sumSoFar + (value - mean) ** 2, 0) / count;
    for (const [row, value] of column.entries()) {
      const normalised =
        ((value - mean) / Math.sqrt(variance + epsilon)) * scale[channel]! + offset[channel]!;
      total += normalised * Math.sin(1 + row * channels + channel);
    }
  }
  return total;
}

describe('FusedBatchNormV3', () => {
  it('centres two pixels 1 and 3 to -1 and 1, and moves the running statistics a tenth of the way', () => {
    const x = tensor4d([1, 3], [2, 1, 1, 1]);
    const [y, mean, variance] = normalise(x, tensor1d([2]), tensor1d([5]));
    const unit = 1 / Math.sqrt(1 + epsilon);
    expect(y).toBeClose([[[[5 - 2 * unit]]], [[[5 + 2 * unit]]]]);
    expect(mean).toBeClose([0.2]);
    // The biased variance is 1, the unbiased one 2: 0.9 * 1 + 0.1 * 2.
    expect(variance).toBeClose([1.1]);
  });

  it('has the values and gradients of moments and batchNorm', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const numbers = Float32Array.from(
          { length: 2 * 3 * 3 * 4 },
          (_, index) => 3 * Math.sin(seed + index ** 2),
        );
        const inputs = [tensor4d(numbers, [2, 3, 3, 4]), tensor1d([1, 2, -1, 0.5]), tensor1d([0, 1, 2, 3])];
        expect(normalise(inputs[0]!, inputs[1]!, inputs[2]!)[0]).toBeClose(
          plain(inputs[0]!, inputs[1]!, inputs[2]!),
          {
            absolute: 1e-5,
          },
        );
        const fused = grads((x, scale, offset) => loss(normalise(x, scale, offset)[0]))(inputs);
        const wanted = grads((x, scale, offset) => loss(plain(x, scale, offset)))(inputs);
        for (const [index, gradient] of fused.entries()) {
          expect(gradient).toBeClose(wanted[index], { absolute: 1e-5 });
        }
      }),
      { seed: 1, numRuns: 20 },
    );
  });

  it('has the gradients that differences in float64 have', () => {
    const numbers = Float32Array.from({ length: 12 }, (_, index) => Math.cos(3 * index ** 2));
    const scale = [1.5, -0.5];
    const offset = [0.25, 1];
    const gradients = grads((x, s, o) => loss(normalise(x, s, o)[0]))([
      tensor4d(numbers, [3, 2, 1, 2]),
      tensor1d(scale),
      tensor1d(offset),
    ]);
    const values = Float64Array.from(numbers);
    expect(gradients[0]!.dataSync()).toBeClose(
      finiteDifferences((x) => referenceLoss(x, scale, offset), values),
      { absolute: 1e-5 },
    );
    expect(gradients[1]!.dataSync()).toBeClose(
      finiteDifferences((s) => referenceLoss(values, s, offset), scale),
      {
        absolute: 1e-5,
      },
    );
    expect(gradients[2]!.dataSync()).toBeClose(
      finiteDifferences((o) => referenceLoss(values, scale, o), offset),
      {
        absolute: 1e-5,
      },
    );
  });

  it('can be differentiated again, by every input', () => {
    // A penalty on the first gradients, as that of Wasserstein GANs.
    const penalty =
      (normalised: (...given: [Tensor, Tensor, Tensor]) => Tensor) =>
      (...given: Tensor[]): Scalar => {
        const first = grads((x, scale, offset) => loss(square(normalised(x, scale, offset))))(given);
        return first.reduce<Tensor>((total, each) => add(total, sum(square(each))), scalar(0)) as Scalar;
      };
    const numbers = Float32Array.from({ length: 36 }, (_, index) => Math.cos(3 * index ** 2));
    const inputs = [tensor4d(numbers, [3, 2, 2, 3]), tensor1d([1.5, -0.5, 1]), tensor1d([0.25, 1, 0])];
    const fused = grads(penalty((...given) => normalise(...given)[0]))(inputs);
    const wanted = grads(penalty(plain))(inputs);
    for (const [index, gradient] of fused.entries()) {
      expect(gradient).toBeClose(wanted[index], { relative: 1e-4, absolute: 1e-3 });
    }
  });

  it('does not let a gradient through to the running statistics', () => {
    const gradient = grads((mean, variance) => {
      const [y] = engine().runKernel<Tensor[]>(
        'FusedBatchNormV3',
        { x: tensor4d([1, 3], [2, 1, 1, 1]), scale: tensor1d([2]), offset: tensor1d([5]), mean, variance },
        { epsilon, exponentialAverageFactor: 0.1 },
      );
      return loss(y!);
    })([tensor1d([0]), tensor1d([1])]);
    expect(gradient[0]).toBeClose([0]);
    expect(gradient[1]).toBeClose([0]);
  });

  it('leaves no tensor behind, in tfjs or in TensorFlow', () => {
    const inputs = [tensor4d([1, 3], [2, 1, 1, 1]), tensor1d([2]), tensor1d([5])];
    const run = (): Tensor[] =>
      engine().tidy<Tensor[]>(() => grads((x, s, o) => loss(normalise(x, s, o)[0]))(inputs));
    expect(tensorsLeft(run)).toBe(0);
    const { numTensors } = memory();
    const native = nativeBackend().getNumOfTFTensors();
    expect(tensorsLeft(run)).toBe(0);
    expect(nativeBackend().getNumOfTFTensors()).toBe(native);
    expect(memory().numTensors).toBe(numTensors);
  });
});
