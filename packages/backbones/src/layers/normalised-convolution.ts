import type { Parameters } from '../parameters.js';
import { batchNormalisation } from './batch-normalisation.js';
import { convolution, type ConvolutionOptions } from './convolution.js';
import type { Layer } from './layer.js';

/** A convolution and batch normalisation of what it gives. */
export function normalisedConvolution(
  parameters: Parameters,
  name: string,
  options: ConvolutionOptions,
): Layer {
  const convolve = convolution(parameters, name, options);
  const normalise = batchNormalisation(parameters, name, options.outputChannels);
  return (x, training) => normalise(convolve(x, training), training);
}
