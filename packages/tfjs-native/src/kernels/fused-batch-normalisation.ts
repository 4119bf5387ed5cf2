import {
  add,
  engine,
  mean as meanOf,
  moments,
  mul,
  rsqrt,
  sub,
  sum,
  util,
  zerosLike,
  type GradConfig,
  type KernelConfig,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs';
import { backendName } from '../engine/backend-name.js';
import { attributesOf, nativeBackendOf } from './attribute.js';
import type { NativeAttribute, NativeBackend } from '../engine/native-backend.js';

/** TensorFlow's operation and our kernel have one name. */
export const fusedBatchNormalisation = 'FusedBatchNormV3';
const gradientKernel = 'FusedBatchNormGradV3';

interface ForwardInputs {
  readonly x: TensorInfo;
  readonly scale: TensorInfo;
  readonly offset: TensorInfo;
  readonly mean: TensorInfo;
  readonly variance: TensorInfo;
}

interface ForwardAttributes {
  /** Added to the variance. */
  readonly epsilon: number;
  /** The share of the way that the running statistics move towards the batch's. */
  readonly exponentialAverageFactor: number;
}

interface BackwardInputs {
  readonly dy: TensorInfo;
  readonly x: TensorInfo;
  readonly scale: TensorInfo;
  readonly reserve1: TensorInfo;
  readonly reserve2: TensorInfo;
  readonly reserve3: TensorInfo;
}

/** Numbers in x up to which one thread is as fast as several: measured with two, for 16 to 64 channels. */
const largestOfOneThread = 2 ** 19;

/**
 * Whether the addon's own operation computes it (`addon/batch_normalisation.h`): on the processor, what is small enough for
 * one thread, with channels that fill its lanes.
 */
function isOurs({ shape, dtype }: TensorInfo, { binding }: NativeBackend): boolean {
  const size = util.sizeFromShape(shape);
  const channels = shape.at(-1)!;
  return (
    dtype === 'float32' &&
    size > 0 &&
    size <= largestOfOneThread &&
    (channels % 32 === 0 || 32 % channels === 0) &&
    !binding.isUsingGpuDevice()
  );
}

function sharedAttributes(backend: NativeBackend, epsilon: number): NativeAttribute[] {
  const attributes = attributesOf(backend);
  return [
    attributes.type('T'),
    attributes.type('U'),
    attributes.float('epsilon', epsilon),
    attributes.string('data_format', 'NHWC'),
    attributes.boolean('is_training', true),
  ];
}

/**
 * Batch normalisation in training: inputs `x [batch, height, width, channels]` and `scale`, `offset`, `mean`,
 * `variance`, each `[channels]`, the last two the running statistics; outputs y, the moved running mean and
 * (unbiased) variance, and three tensors that only its gradient can read.
 */
export const fusedBatchNormalisationKernel: KernelConfig = {
  kernelName: fusedBatchNormalisation,
  backendName,
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x, scale, offset, mean, variance } = inputs as unknown as ForwardInputs;
    const { epsilon, exponentialAverageFactor } = attrs as unknown as ForwardAttributes;
    const native = nativeBackendOf(backend);
    if (isOurs(x, native)) {
      const attributes = attributesOf(native);
      return native.executeMultipleOutputs(
        'HypersphericalBatchNorm',
        [attributes.float('epsilon', epsilon), attributes.float('factor', exponentialAverageFactor)],
        [x, scale, offset, mean, variance],
        6,
      );
    }
    return native.executeMultipleOutputs(
      fusedBatchNormalisation,
      [
        ...sharedAttributes(native, epsilon),
        attributesOf(native).float('exponential_avg_factor', exponentialAverageFactor),
      ],
      [x, scale, offset, mean, variance],
      6,
    );
  },
};

/** The gradients by x, scale and offset. */
export const fusedBatchNormalisationGradientKernel: KernelConfig = {
  kernelName: gradientKernel,
  backendName,
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { dy, x, scale, reserve1, reserve2, reserve3 } = inputs as unknown as BackwardInputs;
    const { epsilon } = attrs as unknown as Pick<ForwardAttributes, 'epsilon'>;
    const native = nativeBackendOf(backend);
    if (isOurs(x, native)) {
      return native.executeMultipleOutputs(
        'HypersphericalBatchNormGrad',
        [],
        [dy, x, scale, reserve1, reserve2],
        3,
      );
    }
    const [dx, scaleGradient, offsetGradient, ...unused] = native.executeMultipleOutputs(
      gradientKernel,
      sharedAttributes(native, epsilon),
      [dy, x, scale, reserve1, reserve2, reserve3],
      5,
    );
    for (const tensor of unused) tensor.dispose();
    return [dx!, scaleGradient!, offsetGradient!];
  },
};

/** The running statistics carry no gradient: in training y does not depend on them. */
export const fusedBatchNormalisationGradient: GradConfig = {
  kernelName: fusedBatchNormalisation,
  inputsToSave: ['x', 'scale', 'mean', 'variance'],
  outputsToSave: [false, false, false, true, true, true],
  gradFunc: (dy, saved, attrs) => {
    const [x, scale, mean, variance, reserve1, reserve2, reserve3] = saved as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ];
    const { epsilon } = attrs as unknown as ForwardAttributes;
    // One operation for all three, before tfjs asks for each of them in a scope of its own.
    const [dx, scaleGradient, offsetGradient] = engine().runKernel<Tensor[]>(
      gradientKernel,
      { dy: (dy as Tensor[])[0]!, x, scale, reserve1, reserve2, reserve3 },
      { epsilon },
    );
    return {
      x: () => dx!,
      scale: () => scaleGradient!,
      offset: () => offsetGradient!,
      mean: () => zerosLike(mean),
      variance: () => zerosLike(variance),
    };
  },
};

/**
 * The gradient of the gradient in plain operations, for those who differentiate twice. With the normalised
 * `n = (x - mean) / sqrt(variance + epsilon)` the first gradients are
 * `dx = scale / sqrt(variance + epsilon) (dy - mean(dy) - n mean(dy n))`, `sum(dy n)` and `sum(dy)`.
 */
export const fusedBatchNormalisationSecondGradient: GradConfig = {
  kernelName: gradientKernel,
  inputsToSave: ['dy', 'x', 'scale', 'reserve1', 'reserve2', 'reserve3'],
  gradFunc: (upstream, saved, attrs) => {
    const [byX, byScale, byOffset] = upstream as [Tensor, Tensor, Tensor];
    const [dy, x, scale, reserve1, reserve2, reserve3] = saved as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ];
    const pixels = [0, 1, 2];
    const { mean, variance } = moments(x, pixels);
    const inverse = rsqrt(add(variance, (attrs as unknown as ForwardAttributes).epsilon));
    const normal = mul(sub(x, mean), inverse);
    /** What is left of values when their mean and their share along `normal` are taken away. */
    const rest = (values: Tensor): Tensor =>
      sub(sub(values, meanOf(values, pixels)), mul(normal, meanOf(mul(values, normal), pixels)));
    const steepness = mul(scale, inverse);
    return {
      dy: () => add(add(mul(steepness, rest(byX)), mul(byScale, normal)), byOffset),
      x: () => {
        // By way of `normal`, which the first gradients name ...
        const byNormal = sub(
          mul(byScale, dy),
          mul(
            steepness,
            add(mul(byX, meanOf(mul(dy, normal), pixels)), mul(dy, meanOf(mul(byX, normal), pixels))),
          ),
        );
        // ... and of the deviation by which dx is divided.
        const byDeviation = mul(mul(steepness, inverse), mul(normal, meanOf(mul(byX, rest(dy)), pixels)));
        return sub(mul(inverse, rest(byNormal)), byDeviation);
      },
      scale: () => mul(inverse, sum(mul(byX, rest(dy)), pixels)),
      reserve1: () => zerosLike(reserve1),
      reserve2: () => zerosLike(reserve2),
      reserve3: () => zerosLike(reserve3),
    };
  },
};
