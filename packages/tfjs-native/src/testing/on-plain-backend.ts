import * as tf from '@tensorflow/tfjs';

// The plain backend advises to install tfjs-node unless this is set.
tf.env().set('PROD', true);

/** Runs on TensorFlow.js's own backend in JavaScript, which has none of our kernels; the native one is back afterwards. */
export async function onPlainBackend<Result>(run: () => Result): Promise<Result> {
  await tf.setBackend('cpu');
  try {
    return run();
  } finally {
    await tf.setBackend('tensorflow');
  }
}

/** Numbers of tensors, and their shapes and dtypes, so that another backend's can be compared with them. */
export function onHost(
  tensors: readonly tf.Tensor[],
): { readonly shape: number[]; readonly dtype: string; readonly values: number[] }[] {
  return tensors.map((tensor) => ({
    shape: tensor.shape,
    dtype: tensor.dtype,
    values: Array.from(tensor.dataSync()),
  }));
}
