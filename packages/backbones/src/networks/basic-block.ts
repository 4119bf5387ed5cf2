import { add, relu } from '@tensorflow/tfjs-core';
import type { Layer } from '../layers/layer.js';
import { normalisedConvolution } from '../layers/normalised-convolution.js';
import type { Parameters } from '../parameters.js';
import { shortcut, type Shortcut } from './shortcut.js';

/** The sizes of a basic block. */
export interface BasicBlockOptions {
  readonly inputChannels: number;
  readonly outputChannels: number;
  readonly stride: number;
  readonly shortcut: Shortcut;
}

/** He et al.'s basic block: two 3x3 convolutions, and the block's input added to what they give. */
export function basicBlock(
  parameters: Parameters,
  name: string,
  { inputChannels, outputChannels, stride, shortcut: kind }: BasicBlockOptions,
): Layer {
  const first = normalisedConvolution(parameters, `${name}.first`, {
    kernelSize: 3,
    inputChannels,
    outputChannels,
    stride,
  });
  const second = normalisedConvolution(parameters, `${name}.second`, {
    kernelSize: 3,
    inputChannels: outputChannels,
    outputChannels,
  });
  const pass = shortcut(parameters, `${name}.shortcut`, { kind, inputChannels, outputChannels, stride });
  return (x, training) => relu(add(second(relu(first(x, training)), training), pass(x, training)));
}

/** What a stage needs besides the sizes of its blocks. */
export interface StageOptions {
  readonly blocks: number;
  readonly inputChannels: number;
  readonly outputChannels: number;
  /** The stride of the first block; the others have 1. */
  readonly stride: number;
  readonly shortcut: Shortcut;
}

/** Basic blocks of one size. */
export function stage(parameters: Parameters, name: string, options: StageOptions): Layer[] {
  const { blocks, inputChannels, outputChannels, stride, shortcut: kind } = options;
  return Array.from({ length: blocks }, (_, index) =>
    basicBlock(parameters, `${name}.blocks.${index}`, {
      inputChannels: index === 0 ? inputChannels : outputChannels,
      outputChannels,
      stride: index === 0 ? stride : 1,
      shortcut: kind,
    }),
  );
}
