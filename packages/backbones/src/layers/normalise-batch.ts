import {
  add,
  customGrad,
  engine,
  getBackend,
  getKernel,
  moments,
  mul,
  rsqrt,
  sub,
  sum,
  tidy,
  type GradSaveFunc,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  type Variable,
} from '@tensorflow/tfjs-core';

/** The variables of a batch normalisation, `[channels]` each, and its constants. */
export interface BatchStatistics {
  readonly scale: Tensor1D;
  readonly offset: Tensor1D;
  readonly runningMean: Variable;
  readonly runningVariance: Variable;
  /** The share of the way that the running statistics move, as in PyTorch. */
  readonly momentum: number;
  readonly epsilon: number;
}

/**
 * Normalises each channel of a batch `[batch, height, width, channels]` with the batch's own mean and (biased)
 * variance, scales and shifts it, and moves the running mean and (unbiased) variance. One fused native kernel where
 * the backend has it.
 */
export function normaliseBatch(x: Tensor4D, statistics: BatchStatistics): Tensor4D {
  return hasFusedKernel() ? normaliseFused(x, statistics) : normalisePlainly(x, statistics);
}

function hasFusedKernel(): boolean {
  // tfjs's types say otherwise, but an unknown kernel is undefined.
  return (getKernel('FusedBatchNormV3', getBackend()) as unknown) !== undefined;
}

function normaliseFused(x: Tensor4D, statistics: BatchStatistics): Tensor4D {
  const { scale, offset, runningMean, runningVariance, momentum, epsilon } = statistics;
  return tidy(() => {
    const [y, newMean, newVariance] = engine().runKernel<Tensor[]>(
      'FusedBatchNormV3',
      { x, scale, offset, mean: runningMean, variance: runningVariance },
      { epsilon, exponentialAverageFactor: momentum, training: true },
    );
    runningMean.assign(newMean!);
    runningVariance.assign(newVariance!);
    return y as Tensor4D;
  });
}

function normalisePlainly(x: Tensor4D, statistics: BatchStatistics): Tensor4D {
  const { runningMean, runningVariance, momentum, epsilon } = statistics;
  const count = x.size / x.shape[3];
  // What runs inside a custom gradient is not recorded: neither the running statistics nor the intermediate values.
  const normalise = customGrad(((values: Tensor4D, scale: Tensor1D, offset: Tensor1D, save: GradSaveFunc) => {
    const { mean, variance } = moments(values, [0, 1, 2]);
    move(runningMean, mean, momentum);
    move(runningVariance, mul(variance, count / Math.max(count - 1, 1)), momentum);
    save([values, scale]);
    return {
      value: add(mul(sub(values, mean), mul(rsqrt(add(variance, epsilon)), scale)), offset),
      gradFunc: (dy: Tensor, saved: Tensor[]) => batchGradients(dy, saved, epsilon),
    };
  }) as Parameters<typeof customGrad>[0]);
  return normalise(x, statistics.scale, statistics.offset) as Tensor4D;
}

function move(running: Variable, target: Tensor, momentum: number): void {
  running.assign(add(mul(running, 1 - momentum), mul(target, momentum)));
}

/**
 * With n = (x - mean) / deviation: d scale = sum(dy n), d offset = sum(dy), and dx is what both leave of dy. The
 * statistics are computed from x again, so that a second derivative sees all of it.
 */
function batchGradients(dy: Tensor, [x, scale]: Tensor[], epsilon: number): Tensor[] {
  const { mean, variance } = moments(x!, [0, 1, 2]);
  const inverse = rsqrt(add(variance, epsilon));
  const normalised = mul(sub(x!, mean), inverse);
  const scaleGradient = sum(mul(dy, normalised), [0, 1, 2]);
  const offsetGradient = sum(dy, [0, 1, 2]);
  const share = mean.size / x!.size;
  const common = add(mul(normalised, mul(scaleGradient, share)), mul(offsetGradient, share));
  return [mul(sub(dy, common), mul(scale!, inverse)), scaleGradient, offsetGradient];
}
