import { add, matMul, type Rank, type Tensor2D } from '@tensorflow/tfjs-core';
import { type Parameters } from '../parameters.js';

/** A linear layer's sizes. */
export interface LinearOptions {
  readonly inputDimensions: number;
  readonly outputDimensions: number;
}

/** `x W + b` with PyTorch's initialisation: both uniform in +-1 / sqrt(inputDimensions). */
export function linear(
  parameters: Parameters,
  name: string,
  { inputDimensions, outputDimensions }: LinearOptions,
): (x: Tensor2D) => Tensor2D {
  const initialiser = { kind: 'uniform', limit: 1 / Math.sqrt(inputDimensions) } as const;
  const weights = parameters.create<Rank.R2>(`${name}.weights`, {
    shape: [inputDimensions, outputDimensions],
    initialiser,
  });
  const bias = parameters.create<Rank.R1>(`${name}.bias`, { shape: [outputDimensions], initialiser });
  return (x) => add(matMul(x, weights), bias);
}
