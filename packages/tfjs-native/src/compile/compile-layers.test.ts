import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from 'vitest';
import { RecordingError } from './recording-error.js';
import { compileLayers } from './compile-layers.js';

afterEach(() => {
  tf.disposeVariables();
});

/** Without the progress bar; tfjs does not export its enumeration. */
const quiet = { verbose: 0 } as unknown as tf.ModelFitArgs;

const kernelInitializer = (seed: number) => tf.initializers.glorotUniform({ seed });

function convnet(): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [6, 6, 1],
        filters: 4,
        kernelSize: 3,
        // Before normalisation a bias has a gradient of mere rounding, which adam would take for a direction.
        useBias: false,
        kernelInitializer: kernelInitializer(1),
      }),
      tf.layers.batchNormalization(),
      tf.layers.activation({ activation: 'relu' }),
      tf.layers.flatten(),
      tf.layers.dense({
        units: 2,
        activation: 'softmax',
        kernelInitializer: kernelInitializer(2),
        kernelRegularizer: tf.regularizers.l2({ l2: 1e-3 }),
      }),
    ],
  });
}

/** 22 images, the brighter ones of class 1: batches of 8, 8 and 6. */
function examples(): { images: tf.Tensor4D; labels: tf.Tensor2D } {
  const classes = tf.tensor1d(
    Int32Array.from({ length: 22 }, (_, index) => index % 2),
    'int32',
  );
  const noise = tf.randomNormal<tf.Rank.R4>([22, 6, 6, 1], 0, 0.5, 'float32', 3);
  return {
    images: tf.add(noise, classes.reshape([22, 1, 1, 1])),
    labels: tf.oneHot(classes, 2).toFloat() as tf.Tensor2D,
  };
}

describe('compileLayers', () => {
  it.each([
    ['momentum', () => tf.train.momentum(0.02, 0.9)],
    ['adam', () => tf.train.adam(0.01)],
  ])('fits as the model itself does, with callbacks, metrics and validation: %s', async (_, optimizer) => {
    const fit = async (isCompiled: boolean) => {
      const model = convnet();
      model.compile({ optimizer: optimizer(), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
      const compiled = isCompiled ? compileLayers(model) : undefined;
      const { images, labels } = examples();
      const batchLosses: number[] = [];
      const { history } = await model.fit(images, labels, {
        epochs: 5,
        batchSize: 8,
        shuffle: false,
        ...quiet,
        validationData: [images, labels],
        callbacks: {
          onBatchEnd(_batch, logs) {
            batchLosses.push(logs!.loss!);
            return Promise.resolve();
          },
        },
      });
      const found = {
        history: Object.entries(history).flatMap(([, values]) => values as number[]),
        batchLosses,
        weights: model.getWeights().map((weight) => Array.from(weight.dataSync())),
      };
      // 10 batches of 8 and 5 of 6.
      // Momentum and adam create their state in the first call.
      expect(compiled?.graphs().map(({ runs }) => runs) ?? []).toEqual(isCompiled ? [7, 3] : []);
      compiled?.dispose();
      return found;
    };
    const expected = await fit(false);
    const found = await fit(true);
    expect(found.batchLosses).toHaveLength(15);
    expect(found.batchLosses).toBeClose(expected.batchLosses);
    expect(found.history).toBeClose(expected.history);
    found.weights.forEach((values, index) => {
      expect(values).toBeClose(expected.weights[index]!, { absolute: 1e-5 });
    });
  });

  it('trains on single batches, follows the learning rate, and gives the model back', async () => {
    const train = async (isCompiled: boolean): Promise<number[]> => {
      const x = tf.input({ shape: [3] });
      const y = tf.layers.dense({ units: 1, kernelInitializer: kernelInitializer(1) }).apply(x);
      const model = tf.model({ inputs: x, outputs: y as tf.SymbolicTensor });
      const optimizer = tf.train.sgd(0.1);
      model.compile({ optimizer, loss: 'meanSquaredError' });
      const compiled = isCompiled ? compileLayers(model) : undefined;
      const losses: number[] = [];
      for (let batch = 0; batch < 8; batch++) {
        optimizer.setLearningRate(0.1 / (batch + 1));
        if (batch === 6) compiled?.dispose();
        const inputs = tf.randomNormal([4, 3], 0, 1, 'float32', batch + 1);
        losses.push((await model.trainOnBatch(inputs, tf.ones([4, 1]))) as number);
      }
      return losses;
    };
    expect(await train(true)).toBeClose(await train(false));
  });

  it('makes new graphs after another model.compile', async () => {
    const { images, labels } = examples();
    const sequential = convnet();
    const model = tf.model({ inputs: sequential.inputs, outputs: sequential.outputs });
    model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy' });
    const compiled = compileLayers(model);
    for (let batch = 0; batch < 4; batch++) await model.trainOnBatch(images, labels);
    expect(compiled.graphs()).toMatchObject([{ runs: 2 }]);
    model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy' });
    await model.trainOnBatch(images, labels);
    expect(compiled.graphs()).toEqual([]);
    expect(() => compileLayers(model)).toThrow('The training steps of this model are compiled already');
    compiled.dispose();
    compileLayers(model).dispose();
  });

  it('refuses dropout that JavaScript draws, or falls back where it is asked to', async () => {
    const reasons: RecordingError[] = [];
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: 8, inputShape: [3] }), tf.layers.dropout({ rate: 0.5 })],
    });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const data = [tf.ones([4, 3]), tf.ones([4, 8])] as const;
    const strict = compileLayers(model);
    await expect(
      (async () => {
        for (let batch = 0; batch < 5; batch++) await model.trainOnBatch(...data);
      })(),
    ).rejects.toThrow(RecordingError);
    strict.dispose();
    const lenient = compileLayers(model, {
      fallback: 'eager',
      onFallback: (reason) => reasons.push(reason),
    });
    for (let batch = 0; batch < 6; batch++) await model.trainOnBatch(...data);
    expect(reasons.map(({ message }) => message)).toEqual([
      expect.stringContaining('tf.dropout without a seed') as string,
    ]);
    lenient.dispose();
  });

  it('refuses a model without an optimizer', () => {
    expect(() => compileLayers(convnet())).toThrow(
      'The model has no optimizer yet: call model.compile before compileLayers.',
    );
  });
});
