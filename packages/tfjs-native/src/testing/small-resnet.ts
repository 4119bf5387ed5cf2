import * as tf from '@tensorflow/tfjs';

/** How a step is run: plain TensorFlow.js, with the fused kernels, or as a graph. */
export type Way = 'plain' | 'eager' | 'graph';

/** A ResNet of 8 layers and 4, 8 and 16 channels whose weights and images are formulas, so that others can compute it too. */
export interface SmallResnet {
  readonly weights: readonly tf.Variable[];
  /** Running means and variances, in pairs. */
  readonly statistics: readonly tf.Variable[];
  readonly images: tf.Tensor4D;
  /** Mean cross entropy of the images; moves the running statistics. */
  loss(images: tf.Tensor4D): tf.Scalar;
}

/** scale sin(1.7 i + phase) at the i-th place; of another `network` other waves. */
export function waves(shape: readonly number[], phase: number, scale: number, network = 0): tf.Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Float32Array.from(
    { length: size },
    (_, index) => scale * Math.sin(index * (1.7 + 0.013 * network) + phase + 0.37 * network),
  );
  return tf.tensor(values, [...shape]);
}

/** The same network each time, for each number another one; `plain` computes batch normalisation from `tf.moments`. */
export function smallResnet(way: Way, network = 0): SmallResnet {
  const weights: tf.Variable[] = [];
  const statistics: tf.Variable[] = [];
  const variable = (value: tf.Tensor, trainable = true): tf.Variable => {
    const made = tf.variable(value, trainable);
    value.dispose();
    (trainable ? weights : statistics).push(made);
    return made;
  };
  const normalisedConvolution = (inputs: number, outputs: number, stride: number) => {
    const kernelScale = Math.sqrt(4 / (9 * outputs));
    const kernel = variable(
      waves([3, 3, inputs, outputs], weights.length, kernelScale, network),
    ) as tf.Variable<tf.Rank.R4>;
    const [scale, offset] = [variable(tf.ones([outputs])), variable(tf.zeros([outputs]))];
    const mean = variable(tf.zeros([outputs]), false);
    const variance = variable(tf.ones([outputs]), false);
    return (x: tf.Tensor4D): tf.Tensor4D => {
      const convolved = tf.conv2d(x, kernel, stride, 'same');
      const [y, newMean, newVariance] =
        way === 'plain'
          ? momentsNormalisation(convolved, { scale, offset, mean, variance })
          : tf
              .engine()
              .runKernel<[tf.Tensor, tf.Tensor, tf.Tensor]>(
                'FusedBatchNormV3',
                { x: convolved, scale, offset, mean, variance },
                { epsilon: 1e-5, exponentialAverageFactor: 0.1 },
              );
      mean.assign(newMean);
      variance.assign(newVariance);
      return y as tf.Tensor4D;
    };
  };
  const block = (inputs: number, outputs: number, stride: number) => {
    const first = normalisedConvolution(inputs, outputs, stride);
    const second = normalisedConvolution(outputs, outputs, 1);
    const shortcut = stride > 1 ? normalisedConvolution(inputs, outputs, stride) : (x: tf.Tensor4D) => x;
    return (x: tf.Tensor4D) => tf.relu(tf.add<tf.Tensor4D>(second(tf.relu(first(x))), shortcut(x)));
  };
  const stem = normalisedConvolution(3, 4, 1);
  const blocks = [block(4, 4, 1), block(4, 8, 2), block(8, 16, 2)];
  const dense = variable(waves([16, 5], weights.length, 0.5, network)) as tf.Variable<tf.Rank.R2>;
  const labels = tf.tidy(() => tf.oneHot(tf.tensor1d([0, 1, 2, 3, 4, 0, 1, 2], 'int32'), 5));
  return {
    weights,
    statistics,
    images: waves([8, 12, 12, 3], 0, 1, network) as tf.Tensor4D,
    loss: (images) =>
      tf.tidy(() => {
        const features = blocks.reduce((x, apply) => apply(x), tf.relu(stem(images)));
        const logits = tf.matMul(tf.mean<tf.Tensor2D>(features, [1, 2]), dense);
        return tf.losses.softmaxCrossEntropy<tf.Tensor, tf.Scalar>(labels, logits);
      }),
  };
}

function momentsNormalisation(
  x: tf.Tensor4D,
  { scale, offset, mean, variance }: Record<'scale' | 'offset' | 'mean' | 'variance', tf.Variable>,
): [tf.Tensor, tf.Tensor, tf.Tensor] {
  const moments = tf.moments(x, [0, 1, 2]);
  const count = x.size / x.shape[3];
  const y = tf.batchNorm(x, moments.mean, moments.variance, offset, scale, 1e-5);
  const moved = (old: tf.Tensor, now: tf.Tensor): tf.Tensor => tf.add(tf.mul(old, 0.9), tf.mul(now, 0.1));
  return [y, moved(mean, moments.mean), moved(variance, tf.mul(moments.variance, count / (count - 1)))] as [
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
  ];
}
