import { pad, type Rank } from '@tensorflow/tfjs-core';
import type { Parameters } from '../parameters.js';
import { convolve } from './convolve.js';
import type { Layer } from './layer.js';

/** Which connections of a filter He's initialisation counts. */
export type InitialisedOver = 'inputs' | 'outputs';

/** A convolution's sizes. */
export interface ConvolutionOptions {
  /** Height and width of the filter, odd. */
  readonly kernelSize: number;
  readonly inputChannels: number;
  readonly outputChannels: number;
  /** Default 1. */
  readonly stride?: number;
  /** Default 'outputs'. */
  readonly initialisedOver?: InitialisedOver;
}

/**
 * A convolution without bias, padded with (kernelSize - 1) / 2 zeros on all four sides as in PyTorch; He's
 * initialisation, N(0, 2 / (kernelSize^2 channels)).
 */
export function convolution(parameters: Parameters, name: string, options: ConvolutionOptions): Layer {
  const { kernelSize, inputChannels, outputChannels, stride = 1, initialisedOver = 'outputs' } = options;
  const channels = initialisedOver === 'outputs' ? outputChannels : inputChannels;
  const filter = parameters.create<Rank.R4>(`${name}.filter`, {
    shape: [kernelSize, kernelSize, inputChannels, outputChannels],
    initialiser: { kind: 'normal', standardDeviation: Math.sqrt(2 / (kernelSize ** 2 * channels)) },
  });
  const margin = (kernelSize - 1) / 2;
  return (x) => {
    if (stride === 1) return convolve(x, filter, 1, 'same');
    const [, height, width] = x.shape;
    const rows = paddingOf(height, { kernelSize, stride, margin });
    const columns = paddingOf(width, { kernelSize, stride, margin });
    // Padding is an operation of its own because TensorFlow's filter gradient with explicit padding can corrupt memory.
    const padded = margin === 0 ? x : pad(x, [[0, 0], rows, columns, [0, 0]]);
    return convolve(padded, filter, stride, 'valid');
  };
}

/**
 * The zeros before and after one side of the image. With a stride the filter may never reach the last zeros, and
 * convolutions are up to twice as fast without them.
 */
function paddingOf(
  size: number,
  {
    kernelSize,
    stride,
    margin,
  }: { readonly kernelSize: number; readonly stride: number; readonly margin: number },
): [number, number] {
  const steps = Math.floor((size + 2 * margin - kernelSize) / stride);
  return [margin, Math.max(0, steps * stride + kernelSize - size - margin)];
}
