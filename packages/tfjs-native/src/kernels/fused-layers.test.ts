import { tensorsLeft } from '@hyperspherical/testing';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from 'vitest';
import '../index.js';
import { onPlainBackend } from '../testing/on-plain-backend.js';

afterEach(() => {
  tf.disposeVariables();
});

type LayerArguments = Parameters<typeof tf.layers.batchNormalization>[0];

/** Output, gradients by input, scale and offset, and the moved statistics of one training step. */
function trainOnce(shape: number[], options: LayerArguments) {
  return tf.tidy(() => {
    const layer = tf.layers.batchNormalization({
      gammaInitializer: tf.initializers.randomUniform({ minval: 0.5, maxval: 2, seed: 1 }),
      betaInitializer: tf.initializers.randomUniform({ minval: -1, maxval: 1, seed: 2 }),
      ...options,
    });
    layer.build([null, ...shape.slice(1)]);
    const size = shape.reduce((product, side) => product * side, 1);
    const numbers = Float32Array.from({ length: size }, (_, index) => 2 + 3 * Math.sin(index ** 2));
    const x = tf.variable(tf.tensor(numbers, shape));
    const weights = layer.trainableWeights.map((weight) => weight.read());
    const variables = [x, ...weights.filter((weight) => weight instanceof tf.Variable)];
    let outputs: number[] = [];
    const { grads } = tf.variableGrads(() => {
      const y = layer.apply(x, { training: true }) as tf.Tensor;
      outputs = Array.from(y.dataSync());
      const shares = Float32Array.from({ length: y.size }, (_, index) => Math.cos(index));
      return tf.sum(tf.mul(y, tf.tensor(shares, y.shape)));
    }, variables);
    return {
      outputs,
      gradients: variables.map(({ name }) => Array.from(grads[name]!.dataSync())),
      statistics: layer.nonTrainableWeights.map((weight) => Array.from(weight.read().dataSync())),
    };
  });
}

describe('tf.layers.batchNormalization in training', () => {
  it.each([
    ['images', [3, 4, 5, 2], {}],
    ['images, with an axis and other factors', [2, 3, 3, 4], { axis: 3, momentum: 0.7, epsilon: 0.1 }],
    ['vectors', [6, 3], {}],
    ['sequences', [3, 4, 2], {}],
    ['one value a channel', [1, 1, 1, 2], {}],
    ['statistics that only the last batch decides', [4, 2, 2, 2], { momentum: 0 }],
    ['statistics that nothing moves', [4, 2, 2, 2], { momentum: 1 }],
  ])('gives what plain tfjs gives: %s', async (_, shape, options) => {
    const expected = await onPlainBackend(() => trainOnce(shape, options));
    const found = trainOnce(shape, options);
    expect(found.outputs).toBeClose(expected.outputs, { absolute: 1e-5 });
    expect(found.statistics).toHaveLength(2);
    found.statistics.forEach((values, index) => {
      expect(values).toBeClose(expected.statistics[index]!);
    });
    expect(found.gradients).toHaveLength(3);
    found.gradients.forEach((values, index) => {
      expect(values).toBeClose(expected.gradients[index]!, { absolute: 2e-5 });
    });
  });

  it('is one native operation in each direction', async () => {
    const { kernelNames } = await tf.profile(() => {
      trainOnce([2, 3, 3, 2], {});
      return tf.scalar(0);
    });
    expect(kernelNames).toContain('FusedBatchNormV3');
    expect(kernelNames).toContain('FusedBatchNormGradV3');
    expect(kernelNames).not.toContain('FusedBatchNorm');
  });

  it('leaves another axis to plain tfjs', async () => {
    const { kernelNames } = await tf.profile(() => {
      const layer = tf.layers.batchNormalization({ axis: 1 });
      return layer.apply(tf.ones([2, 3, 4, 4]), { training: true }) as tf.Tensor;
    });
    expect(kernelNames).not.toContain('FusedBatchNormV3');
  });

  it('leaves inference as it is', () => {
    const layer = tf.layers.batchNormalization({ epsilon: 0 });
    const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 1, 2]);
    expect(layer.apply(x)).toBeClose([[[[1, 2]], [[3, 4]]]]);
  });

  it('trains a model as plain tfjs does, and leaves no tensor behind', async () => {
    const train = async (): Promise<number[]> => {
      const model = tf.sequential({
        layers: [
          tf.layers.conv2d({
            inputShape: [5, 5, 2],
            filters: 3,
            kernelSize: 3,
            useBias: false,
            kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
          }),
          tf.layers.batchNormalization({ momentum: 0.8 }),
          tf.layers.activation({ activation: 'relu' }),
          tf.layers.flatten(),
          tf.layers.dense({ units: 1, kernelInitializer: tf.initializers.glorotUniform({ seed: 2 }) }),
        ],
      });
      model.compile({ optimizer: tf.train.sgd(0.05), loss: 'meanSquaredError' });
      const x = tf.randomNormal([8, 5, 5, 2], 0, 1, 'float32', 3);
      const y = tf.randomNormal([8, 1], 0, 1, 'float32', 4);
      const losses: number[] = [];
      await model.trainOnBatch(x, y);
      const before = tf.memory().numTensors;
      for (let step = 0; step < 8; step++) losses.push((await model.trainOnBatch(x, y)) as number);
      expect(tf.memory().numTensors).toBe(before);
      return [...losses, ...Array.from((model.predict(x) as tf.Tensor).dataSync())];
    };
    await tf.setBackend('cpu');
    const expected = await train();
    await tf.setBackend('tensorflow');
    expect(await train()).toBeClose(expected, { relative: 1e-4, absolute: 1e-5 });
  });

  it('counts tensors', () => {
    const layer = tf.layers.batchNormalization();
    const x = tf.ones([2, 2, 2, 1]);
    layer.apply(x, { training: true });
    expect(tensorsLeft(() => layer.apply(x, { training: true }) as tf.Tensor)).toBe(0);
  });
});
