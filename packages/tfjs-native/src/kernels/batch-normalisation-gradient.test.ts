import { forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import {
  batchNorm,
  enableProdMode,
  grads,
  mul,
  profile,
  setBackend,
  square,
  sum,
  tensor,
  tensor1d,
  tensor2d,
  tensor4d,
  type Scalar,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import '../index.js';

// The cpu backend then prints no advertisement.
enableProdMode();

const epsilon = 1e-3;

/** Each output counts differently, so that no gradient cancels. */
const weigh = (y: Tensor): Scalar => {
  const weights = Float32Array.from({ length: y.size }, (_, index) => Math.sin(1 + index));
  return sum(mul(y, tensor(weights, y.shape)));
};

type Batch = readonly [x: Tensor, scale: Tensor, offset: Tensor, mean: Tensor, variance: Tensor];

const inputs = (): Tensor[] => [
  tensor4d(
    Float32Array.from({ length: 24 }, (_, index) => Math.cos(3 * index ** 2)),
    [3, 2, 2, 2],
  ),
  tensor1d([1.5, -0.5]),
  tensor1d([0.25, 1]),
  tensor1d([0.1, -0.2]),
  tensor1d([0.5, 2]),
];

const normalise = (...given: Tensor[]): Tensor => {
  const [x, scale, offset, mean, variance] = given as unknown as Batch;
  return batchNorm(x as Tensor4D, mean as never, variance as never, offset as never, scale as never, epsilon);
};

/** tfjs's own formulas, operation by operation. */
function plainGradients([x, scale, , mean, variance]: Batch): Tensor[] {
  const dy = tensor4d(
    Float32Array.from({ length: x.size }, (_, index) => Math.sin(1 + index)),
    (x as Tensor4D).shape,
  );
  const inverse = variance.add(epsilon).rsqrt();
  const centred = x.sub(mean);
  const perChannel = (values: Tensor): Tensor => values.sum([0, 1, 2]);
  return [
    dy.mul(inverse).mul(scale),
    perChannel(dy.mul(centred).mul(inverse)),
    perChannel(dy),
    perChannel(dy.mul(scale).mul(inverse).neg()),
    perChannel(dy.mul(scale).mul(centred).mul(inverse.pow(3)).mul(-0.5)),
  ];
}

forEachBackend(['tensorflow', 'cpu'], () => {
  describe('the gradients of batchNorm', () => {
    it('are those of its formula', () => {
      const given = inputs();
      const gradients = grads((...values: Tensor[]) => weigh(normalise(...values)))(given);
      for (const [index, wanted] of plainGradients(given as unknown as Batch).entries()) {
        expect(gradients[index]).toBeClose(wanted, { absolute: 1e-5 });
      }
    });

    it('take a mean for every value, too', () => {
      const x = tensor2d([
        [1, 2],
        [3, 4],
      ]);
      const mean = tensor2d([
        [0, 1],
        [2, 3],
      ]);
      const variance = tensor2d([
        [1, 1],
        [1, 1],
      ]);
      const scale = tensor2d([
        [1, 1],
        [1, 1],
      ]);
      const gradient = grads((values: Tensor) =>
        sum(batchNorm(values as never, mean, variance, scale, scale, 0)),
      )([x]);
      expect(gradient[0]).toBeClose([
        [1, 1],
        [1, 1],
      ]);
    });

    it('can be differentiated again, by every input', () => {
      // The sum of squared first gradients; its derivatives are checked against differences of that sum.
      const penalty = (given: Tensor[]): Scalar => {
        const first = grads((...values: Tensor[]) => weigh(square(normalise(...values))))(given);
        return first
          .map((gradient) => sum(square(gradient)))
          .reduce((left, right) => left.add(right)) as Scalar;
      };
      const given = inputs();
      const gradients = grads((...values: Tensor[]) => penalty(values))(given);
      for (const [index, gradient] of gradients.entries()) {
        const values = given[index]!.dataSync<'float32'>();
        const step = 1e-2;
        const moved = (by: number): number => {
          const changed = values.slice();
          changed[1]! += by;
          return penalty(
            given.map((each, at) => (at === index ? tensor(changed, each.shape) : each)),
          ).dataSync()[0]!;
        };
        const slope = (8 * (moved(step) - moved(-step)) - (moved(2 * step) - moved(-2 * step))) / (12 * step);
        expect(gradient.dataSync()[1]).toBeClose(slope, { relative: 2e-2, absolute: 2e-1 });
      }
    });

    it('leave no tensor behind', () => {
      const given = inputs();
      expect(tensorsLeft(() => grads((...values: Tensor[]) => weigh(normalise(...values)))(given))).toBe(0);
    });
  });
});

describe('the gradients of batchNorm on the native backend', () => {
  it('take one operation as large as the images', async () => {
    await setBackend('tensorflow');
    const given = inputs();
    const { kernels } = await profile(() => grads((...values: Tensor[]) => sum(normalise(...values)))(given));
    const names = kernels
      .filter(({ outputShapes }) => outputShapes.some((shape) => shape.length === 4))
      .map(({ name }) => name);
    expect(names).toContain('FusedBatchNormInferenceGrad');
    expect(names).not.toContain('Multiply');
  });
});
