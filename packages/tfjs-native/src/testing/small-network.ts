import * as tf from '@tensorflow/tfjs';

/** A convolution, batch normalisation and a dense layer, small enough for hundreds of steps in a test. */
export interface SmallNetwork {
  /** Filter, scale, offset, dense weights, bias. */
  readonly weights: readonly tf.Variable[];
  /** The weights, their velocities, and the running statistics. */
  readonly variables: readonly tf.Variable[];
  /** Seeded images [size, 5, 5, 2] and labels [size] of 3 classes. */
  batch(seed: number, size?: number): { readonly images: tf.Tensor4D; readonly labels: tf.Tensor1D };
  /** Mean cross entropy; moves the running statistics. */
  loss(images: tf.Tensor4D, labels: tf.Tensor1D): tf.Scalar;
  /** Scores [size, 3] by the running statistics. */
  evaluate(images: tf.Tensor4D): tf.Tensor2D;
  /** One step of SGD with momentum 0.9 and weight decay 1e-3. */
  readonly momentumStep: (images: tf.Tensor4D, labels: tf.Tensor1D, learningRate: tf.Scalar) => tf.Scalar;
}

/** The same network each time. */
export function smallNetwork(): SmallNetwork {
  const normal = (shape: number[], seed: number): tf.Variable =>
    tf.tidy(() => tf.variable(tf.randomNormal(shape, 0, 0.4, 'float32', seed)));
  const filled = (value: number, trainable = true): tf.Variable =>
    tf.tidy(() => tf.variable(tf.fill([4], value), trainable));
  const filter = normal([3, 3, 2, 4], 1) as tf.Variable<tf.Rank.R4>;
  const scale = filled(1);
  const offset = filled(0);
  const dense = normal([36, 3], 2) as tf.Variable<tf.Rank.R2>;
  const bias = tf.tidy(() => tf.variable(tf.zeros([3])));
  const runningMean = filled(0, false);
  const runningVariance = filled(1, false);
  const weights = [filter, scale, offset, dense, bias];
  const velocities = weights.map((weight) => tf.tidy(() => tf.variable(tf.zerosLike(weight), false)));

  const scores = (images: tf.Tensor4D, isTraining: boolean): tf.Tensor2D => {
    const x = tf.conv2d(images, filter, 2, 'same');
    const { mean, variance } = isTraining
      ? tf.moments(x, [0, 1, 2])
      : { mean: runningMean, variance: runningVariance };
    if (isTraining) {
      runningMean.assign(tf.add(tf.mul(runningMean, 0.9), tf.mul(mean, 0.1)));
      runningVariance.assign(tf.add(tf.mul(runningVariance, 0.9), tf.mul(variance, 0.1)));
    }
    const normal = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-3)));
    const features = tf.relu(tf.add(tf.mul(normal, scale), offset));
    return tf.add(tf.matMul(tf.reshape(features, [-1, 36]), dense), bias);
  };
  const loss = (images: tf.Tensor4D, labels: tf.Tensor1D): tf.Scalar =>
    tf.tidy(() => tf.losses.softmaxCrossEntropy(tf.oneHot(labels, 3), scores(images, true)));

  return {
    weights,
    variables: [...weights, ...velocities, runningMean, runningVariance],
    batch(seed, size = 6) {
      const labels = tf.tensor1d(
        Int32Array.from({ length: size }, (_, index) => (index + seed) % 3),
        'int32',
      );
      const images = tf.tidy(() => {
        const noise = tf.randomNormal<tf.Rank.R4>([size, 5, 5, 2], 0, 0.3, 'float32', 100 + seed);
        return tf.add<tf.Tensor4D>(noise, tf.reshape(labels, [size, 1, 1, 1]));
      });
      return { images, labels };
    },
    loss,
    evaluate: (images) => tf.tidy(() => scores(images, false)),
    momentumStep(images, labels, learningRate) {
      const { value, grads } = tf.variableGrads(() => loss(images, labels), weights);
      tf.tidy(() => {
        weights.forEach((weight, index) => {
          const velocity = velocities[index]!;
          const gradient = tf.add(grads[weight.name]!, tf.mul(weight, 1e-3));
          velocity.assign(tf.add(tf.mul(velocity, 0.9), gradient));
          weight.assign(tf.sub(weight, tf.mul(velocity, learningRate)));
        });
      });
      tf.dispose(grads);
      return value;
    },
  };
}
