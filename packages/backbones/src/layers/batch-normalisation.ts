import { batchNorm4d, type Rank } from '@tensorflow/tfjs-core';
import type { Parameters } from '../parameters.js';
import type { Layer } from './layer.js';
import { normaliseBatch } from './normalise-batch.js';

/** PyTorch's defaults. */
const epsilon = 1e-5;
const momentum = 0.1;

/**
 * Batch normalisation over the last axis, as PyTorch's BatchNorm2d: epsilon 1e-5, the running statistics move by 0.1
 * of the way, the running variance towards the unbiased one.
 */
export function batchNormalisation(parameters: Parameters, name: string, channels: number): Layer {
  const create = (part: string, value: number, trainable: boolean) =>
    parameters.create<Rank.R1>(`${name}.${part}`, {
      shape: [channels],
      initialiser: { kind: 'constant', value },
      trainable,
    });
  const scale = create('scale', 1, true);
  const offset = create('offset', 0, true);
  const runningMean = create('runningMean', 0, false);
  const runningVariance = create('runningVariance', 1, false);
  return (x, training) =>
    training
      ? normaliseBatch(x, { scale, offset, runningMean, runningVariance, momentum, epsilon })
      : batchNorm4d(x, runningMean, runningVariance, offset, scale, epsilon);
}
