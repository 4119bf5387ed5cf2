import type { NamedWeights } from '../src/named-weights.js';
import {
  referenceConvolution,
  referenceNormalisation,
  referenceRelu,
  type ReferenceImages,
} from './reference-layers.js';

/** A small CIFAR ResNet with 3x3 shortcuts, in training, in float64: `[batch, outputDimensions]` row by row. */
export function referenceCifarResnet(
  images: ReferenceImages,
  weights: NamedWeights | readonly { readonly name: string; readonly values: Float64Array }[],
  { depth, outputDimensions }: { readonly depth: number; readonly outputDimensions: number },
): Float64Array {
  const value = (name: string): ArrayLike<number> => weights.find((weight) => weight.name === name)!.values;
  const normalisedConvolution = (x: ReferenceImages, name: string, stride: number): ReferenceImages => {
    const scale = value(`${name}.scale`);
    const convolved = referenceConvolution(x, value(`${name}.filter`), {
      kernelSize: 3,
      outputs: scale.length,
      stride,
    });
    return referenceNormalisation(convolved, scale, value(`${name}.offset`));
  };
  let features = referenceRelu(normalisedConvolution(images, 'stem', 1));
  for (let stage = 0; stage < 3; stage += 1) {
    for (let block = 0; block < (depth - 2) / 6; block += 1) {
      const name = `stages.${stage}.blocks.${block}`;
      const stride = stage > 0 && block === 0 ? 2 : 1;
      const first = referenceRelu(normalisedConvolution(features, `${name}.first`, stride));
      const second = normalisedConvolution(first, `${name}.second`, 1);
      const passed = stride === 2 ? normalisedConvolution(features, `${name}.shortcut`, 2) : features;
      features = referenceRelu(second, passed);
    }
  }
  const [batch, height, width, channels] = features.shape;
  const outputs = new Float64Array(batch * outputDimensions);
  for (let image = 0; image < batch; image += 1) {
    for (let output = 0; output < outputDimensions; output += 1) {
      let total = value('output.bias')[output]!;
      for (let pixel = 0; pixel < height * width; pixel += 1) {
        for (let channel = 0; channel < channels; channel += 1) {
          total +=
            (features.values[(image * height * width + pixel) * channels + channel]! *
              value('output.weights')[channel * outputDimensions + output]!) /
            (height * width);
        }
      }
      outputs[image * outputDimensions + output] = total;
    }
  }
  return outputs;
}
