/** Images in float64, `[batch, height, width, channels]` row by row: what tests compare tensors with. */
export interface ReferenceImages {
  readonly shape: readonly [number, number, number, number];
  readonly values: Float64Array;
}

/** A convolution as PyTorch defines it: the margin, by default half of the kernel, is on all four sides, whatever the stride. */
export function referenceConvolution(
  { shape: [batch, height, width, inputs], values }: ReferenceImages,
  filter: ArrayLike<number>,
  {
    kernelSize,
    outputs,
    stride,
    margin = (kernelSize - 1) / 2,
  }: {
    readonly kernelSize: number;
    readonly outputs: number;
    readonly stride: number;
    readonly margin?: number;
  },
): ReferenceImages {
  const outputHeight = Math.floor((height + 2 * margin - kernelSize) / stride) + 1;
  const outputWidth = Math.floor((width + 2 * margin - kernelSize) / stride) + 1;
  const result = new Float64Array(batch * outputHeight * outputWidth * outputs);
  let position = 0;
  for (let image = 0; image < batch; image += 1) {
    for (let top = -margin; top < -margin + outputHeight * stride; top += stride) {
      for (let left = -margin; left < -margin + outputWidth * stride; left += stride) {
        for (let output = 0; output < outputs; output += 1) {
          let total = 0;
          for (let row = 0; row < kernelSize; row += 1) {
            for (let column = 0; column < kernelSize; column += 1) {
              const y = top + row;
              const x = left + column;
              if (y < 0 || y >= height || x < 0 || x >= width) continue;
              for (let input = 0; input < inputs; input += 1) {
                total +=
                  values[((image * height + y) * width + x) * inputs + input]! *
                  filter[((row * kernelSize + column) * inputs + input) * outputs + output]!;
              }
            }
          }
          result[position] = total;
          position += 1;
        }
      }
    }
  }
  return { shape: [batch, outputHeight, outputWidth, outputs], values: result };
}

/** The mean and the biased variance of each channel. */
export function referenceMoments({ shape, values }: ReferenceImages): { mean: number; variance: number }[] {
  const channels = shape[3];
  return Array.from({ length: channels }, (_, channel) => {
    const own = values.filter((_value, index) => index % channels === channel);
    const mean = own.reduce((total, value) => total + value, 0) / own.length;
    return { mean, variance: own.reduce((total, value) => total + (value - mean) ** 2, 0) / own.length };
  });
}

/** Batch normalisation in training. */
export function referenceNormalisation(
  images: ReferenceImages,
  scale: ArrayLike<number>,
  offset: ArrayLike<number>,
): ReferenceImages {
  const statistics = referenceMoments(images);
  const values = images.values.map((value, index) => {
    const channel = index % images.shape[3];
    const { mean, variance } = statistics[channel]!;
    return ((value - mean) / Math.sqrt(variance + 1e-5)) * scale[channel]! + offset[channel]!;
  });
  return { shape: images.shape, values };
}

/** ReLU of a sum. */
export function referenceRelu(images: ReferenceImages, added?: ReferenceImages): ReferenceImages {
  return {
    shape: images.shape,
    values: images.values.map((value, index) => Math.max(0, value + (added?.values[index] ?? 0))),
  };
}
