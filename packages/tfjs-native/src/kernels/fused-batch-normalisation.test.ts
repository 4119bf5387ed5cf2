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

/** Everything in float64, channel by channel: y, the moved statistics, and the gradients for `dy`. */
function inDoubles(values: Float32Array, dy: Float32Array, scale: Float32Array, offset: Float32Array) {
  const channels = scale.length;
  const count = values.length / channels;
  const [y, dx] = [new Float64Array(values.length), new Float64Array(values.length)];
  const statistics = Array.from(scale, (steepness, channel) => {
    const places = Array.from({ length: count }, (_, row) => row * channels + channel);
    const average = (of: (place: number) => number): number =>
      places.reduce((total, place) => total + of(place), 0) / count;
    const mean = average((place) => values[place]!);
    const variance = average((place) => (values[place]! - mean) ** 2);
    const deviation = Math.sqrt(variance + epsilon);
    const normal = (place: number): number => (values[place]! - mean) / deviation;
    const ofDy = average((place) => dy[place]!);
    const ofProduct = average((place) => dy[place]! * normal(place));
    for (const place of places) {
      y[place] = normal(place) * steepness + offset[channel]!;
      dx[place] = (steepness / deviation) * (dy[place]! - ofDy - normal(place) * ofProduct);
    }
    const unbiased = (variance * count) / Math.max(count - 1, 1);
    return [0.1 * mean, 0.9 + 0.1 * unbiased, count * ofProduct, count * ofDy] as const;
  });
  const column = (index: 0 | 1 | 2 | 3): number[] => statistics.map((row) => row[index]);
  return {
    y,
    dx,
    mean: column(0),
    variance: column(1),
    scaleGradient: column(2),
    offsetGradient: column(3),
  };
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

  it.each([
    // Channels that fill the addon's lanes of 32 or share them, with and without a last row that is cut off, in one short
    // sum and in many; then channels that TensorFlow's own operation computes.
    [1, [1, 1, 1]],
    [1, [3, 5, 7]],
    [2, [1, 3, 3]],
    [4, [2, 3, 3]],
    [8, [2, 5, 1]],
    [16, [4, 16, 16]],
    [16, [1, 15, 13]],
    [32, [2, 9, 9]],
    [64, [3, 7, 5]],
    [96, [2, 3, 11]],
    [3, [4, 8, 8]],
    [48, [2, 5, 5]],
  ])('computes %i channels of %j pixels as float64 does, forward and backward', (channels, pixels) => {
    const count = pixels.reduce((product, length) => product * length, 1);
    const number = (index: number): number => Math.fround(Math.sin(1.3 * index + 0.7 * (index % 11)));
    const values = Float32Array.from({ length: count * channels }, (_, index) => 3 + 2 * number(index));
    const dy = values.map((_, index) => number(7 * index + 3));
    const scale = Float32Array.from({ length: channels }, (_, channel) => 1 + channel / 10);
    const offset = scale.map((_, channel) => channel - 2);
    const expected = inDoubles(values, dy, scale, offset);

    const shape = [...pixels, channels] as [number, number, number, number];
    const given = [tensor4d(values, shape), tensor1d(scale), tensor1d(offset)] as const;
    const [y, mean, variance] = normalise(...given);
    const close = { relative: 1e-5, absolute: 1e-5 };
    expect(y.dataSync()).toBeClose(expected.y, close);
    expect(mean.dataSync()).toBeClose(expected.mean, close);
    expect(variance.dataSync()).toBeClose(expected.variance, close);
    const gradients = grads((x, s, o) => sum(mul(normalise(x, s, o)[0], tensor4d(dy, shape))))([...given]);
    expect(gradients[0]!.dataSync()).toBeClose(expected.dx, { relative: 1e-4, absolute: 1e-4 });
    expect(gradients[1]!.dataSync()).toBeClose(expected.scaleGradient, { relative: 1e-4, absolute: 1e-4 });
    expect(gradients[2]!.dataSync()).toBeClose(expected.offsetGradient, { relative: 1e-4, absolute: 1e-4 });
  });

  it('keeps its digits far from zero', () => {
    const values = Float32Array.from({ length: 4096 }, (_, index) => 10_000 + (index % 2));
    const [y, mean, variance] = normalise(tensor4d(values, [2, 8, 8, 32]), ones([32]), zeros([32]));
    // Every other channel is 10,000 or 10,001 throughout.
    expect(mean.dataSync()[1]).toBeCloseTo(1000.1, 3);
    expect(variance).toBeClose(new Float32Array(32).fill(0.9));
    expect(y).toBeClose(zeros([2, 8, 8, 32]).arraySync());
    const mixed = values.map((_, index) => 10_000 + (Math.floor(index / 32) % 2));
    const [centred] = normalise(tensor4d(mixed, [2, 8, 8, 32]), ones([32]), zeros([32]));
    const unit = 1 / Math.sqrt(0.25 + epsilon);
    expect(centred.dataSync()).toBeClose(
      mixed.map((value) => (value - 10_000.5) * unit),
      { absolute: 1e-4 },
    );
  });

  it('says what is not a number', () => {
    const x = tensor4d(new Float32Array(64).fill(1).fill(NaN, 5, 6), [2, 1, 1, 32]);
    const [y] = normalise(x, ones([32]), zeros([32]));
    const isNumber = Array.from(y.dataSync(), (value) => !Number.isNaN(value));
    expect(isNumber.flatMap((is, index) => (is ? [] : [index]))).toEqual([5, 37]);
  });

  it('refuses, as an operation, shapes that do not go together', () => {
    const native = nativeBackend();
    const { TF_ATTR_FLOAT: type } = native.binding;
    const attributes = [
      { name: 'epsilon', type, value: epsilon },
      { name: 'factor', type, value: 0.1 },
    ];
    const run = (x: Tensor, channels: number): Tensor[] => {
      const others = [ones([channels]), zeros([channels]), zeros([channels]), ones([channels])];
      return native.executeMultipleOutputs('HypersphericalBatchNorm', attributes, [x, ...others], 6);
    };
    expect(() => run(ones([2, 1, 1, 32]), 16)).toThrow(/x must be \[\.\.\., channels\]/);
    expect(() => run(ones([2, 1, 1, 48]), 48)).toThrow(/a multiple or a divisor of 32/);
    const gradient = [ones([2, 1, 1, 16]), ones([2, 1, 1, 32]), ones([32]), ones([32]), ones([32])];
    expect(() => native.executeMultipleOutputs('HypersphericalBatchNormGrad', [], gradient, 3)).toThrow(
      /x must be/,
    );
  });

  it.each([
    ["TensorFlow's operation", 3],
    ["the addon's", 2],
  ])('can be differentiated again, by every input, through %s', (_, channels) => {
    // A penalty on the first gradients, as that of Wasserstein GANs.
    const penalty =
      (normalised: (...given: [Tensor, Tensor, Tensor]) => Tensor) =>
      (...given: Tensor[]): Scalar => {
        const first = grads((x, scale, offset) => loss(square(normalised(x, scale, offset))))(given);
        return first.reduce<Tensor>((total, each) => add(total, sum(square(each))), scalar(0)) as Scalar;
      };
    const numbers = Float32Array.from({ length: 12 * channels }, (_, index) => Math.cos(3 * index ** 2));
    const inputs = [
      tensor4d(numbers, [3, 2, 2, channels]),
      tensor1d([1.5, -0.5, 1].slice(0, channels)),
      tensor1d([0.25, 1, 0].slice(0, channels)),
    ];
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
