import { add, matMul, type Rank, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Parameters } from '../parameters.js';

/** A linear layer's sizes. */
export interface LinearOptions {
  readonly inputDimensions: number;
  readonly outputDimensions: number;
  /** Default 'uniform', as the weights; 'zero' for networks that begin without bias. */
  readonly bias?: 'uniform' | 'zero';
}

/** `x W + b` with PyTorch's initialisation: both uniform in +-1 / sqrt(inputDimensions). */
export function linear(
  parameters: Parameters,
  name: string,
  { inputDimensions, outputDimensions, bias: biasStart = 'uniform' }: LinearOptions,
): (x: Tensor2D) => Tensor2D {
  const initialiser = { kind: 'uniform', limit: 1 / Math.sqrt(inputDimensions) } as const;
  const weights = parameters.create<Rank.R2>(`${name}.weights`, {
    shape: [inputDimensions, outputDimensions],
    initialiser,
  });
  const bias = parameters.create<Rank.R1>(`${name}.bias`, {
    shape: [outputDimensions],
    initialiser: biasStart === 'uniform' ? initialiser : { kind: 'constant', value: 0 },
  });
  return (x) => add(matMul(x, weights), bias);
}
