import { add, type Rank, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Parameters } from '../parameters.js';
import { convolve } from './convolve.js';

/** A 3x3 convolution with bias that keeps the size, in PyTorch's default initialisation: uniform in +-1 / sqrt(9 inputChannels). */
export function biasedConvolution(
  parameters: Parameters,
  name: string,
  { inputChannels, outputChannels }: { readonly inputChannels: number; readonly outputChannels: number },
): (x: Tensor4D) => Tensor4D {
  const initialiser = { kind: 'uniform', limit: 1 / Math.sqrt(9 * inputChannels) } as const;
  const filter = parameters.create<Rank.R4>(`${name}.filter`, {
    shape: [3, 3, inputChannels, outputChannels],
    initialiser,
  });
  const bias = parameters.create<Rank.R1>(`${name}.bias`, { shape: [outputChannels], initialiser });
  return (x) => add(convolve(x, filter, 1, 'same'), bias);
}
