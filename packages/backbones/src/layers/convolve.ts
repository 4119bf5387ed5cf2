import {
  conv2d,
  conv2dTranspose,
  customGrad,
  getBackend,
  getKernel,
  type GradSaveFunc,
  pad,
  slice,
  type Tensor,
  type Tensor4D,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';

/**
 * `conv2d` of square, odd filters, that trains on every backend: tfjs's WebAssembly backend has no kernel for the
 * gradient by the filter, which there is a convolution in turn. There, gradients have no gradients.
 *
 * @param padding - `same` at stride 1 alone: at others TensorFlow's margins depend on the image's size
 */
export function convolve(x: Tensor4D, filter: Tensor4D, stride: number, padding: 'same' | 'valid'): Tensor4D {
  // tfjs's types say otherwise, but an unknown kernel is undefined.
  const differentiable = (getKernel('Conv2DBackpropFilter', getBackend()) as unknown) !== undefined;
  if (differentiable) return conv2d(x, filter, stride, padding);
  const margin = padding === 'same' ? (filter.shape[0] - 1) / 2 : 0;
  return tidy(() => {
    const padded =
      margin === 0
        ? x
        : pad(x, [
            [0, 0],
            [margin, margin],
            [margin, margin],
            [0, 0],
          ]);
    return convolveByOwnGradient(padded, filter, stride);
  });
}

function convolveByOwnGradient(x: Tensor4D, filter: Tensor4D, stride: number): Tensor4D {
  const convolution = customGrad<Tensor4D>((...inputsAndSave) => {
    const save = inputsAndSave.at(-1) as unknown as GradSaveFunc;
    save([x, filter]);
    return {
      value: conv2d(x, filter, stride, 'valid'),
      gradFunc: (gradient: Tensor4D, saved: Tensor[]) =>
        tidy(() => {
          const [image, weights] = saved as [Tensor4D, Tensor4D];
          return [
            conv2dTranspose(gradient, weights, image.shape, stride, 'valid'),
            filterGradient(image, gradient, weights, stride),
          ];
        }),
    };
  });
  return convolution(x, filter);
}

/**
 * Channels take the place of examples: each channel of the image `[inputs, height, width, examples]`, convolved with the
 * output's gradient `[rows, columns, examples, outputs]` as a filter whose taps lie a stride apart.
 */
function filterGradient(x: Tensor4D, gradient: Tensor4D, filter: Tensor4D, stride: number): Tensor4D {
  const channels = transpose(x, [3, 1, 2, 0]);
  const taps = transpose(gradient, [1, 2, 0, 3]);
  const all = conv2d(channels, taps, 1, 'valid', 'NHWC', stride);
  // Further positions belong to rows and columns that the stride never reached.
  const [height, width, inputs, outputs] = filter.shape;
  return transpose(slice(all, [0, 0, 0, 0], [inputs, height, width, outputs]), [1, 2, 0, 3]);
}
