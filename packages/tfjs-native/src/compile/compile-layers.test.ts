import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
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
      // Then 10 batches of 8 and 5 of 6 in validation.
      expect(compiled?.graphs().map(({ runs }) => runs) ?? []).toEqual(isCompiled ? [7, 3, 8, 3] : []);
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

  it('refuses noise that JavaScript draws, or falls back where it is asked to', async () => {
    const reasons: RecordingError[] = [];
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: 8, inputShape: [3] }), tf.layers.alphaDropout({ rate: 0.5 })],
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
      expect.stringContaining('GreaterEqual gets numbers made in JavaScript') as string,
    ]);
    lenient.dispose();
  });

  it('keeps what fit offers: shuffling, a validation split, early stopping, history and every callback', async () => {
    const fit = async (isCompiled: boolean) => {
      // fit shuffles by Math.random.
      let state = 1;
      const random = vi
        .spyOn(Math, 'random')
        .mockImplementation(() => (state = (state * 16807) % 2147483647) / 2147483647);
      try {
        const model = convnet();
        model.compile({
          optimizer: tf.train.sgd(0.05),
          loss: 'categoricalCrossentropy',
          metrics: ['accuracy'],
        });
        const compiled = isCompiled ? compileLayers(model) : undefined;
        const { images, labels } = examples();
        const calls: string[] = [];
        const note = (name: string) => (index?: number) => {
          calls.push(`${name} ${index ?? ''}`);
          return Promise.resolve();
        };
        const stopping = tf.callbacks.earlyStopping({ monitor: 'val_loss', minDelta: 10, patience: 1 });
        const history = await model.fit(images, labels, {
          epochs: 9,
          batchSize: 8,
          validationSplit: 0.25,
          ...quiet,
          callbacks: [
            stopping,
            new tf.CustomCallback({
              onTrainBegin: () => note('train begins')(),
              onTrainEnd: () => note('train ends')(),
              onEpochBegin: note('epoch begins'),
              onEpochEnd: note('epoch ends'),
              onBatchBegin: note('batch begins'),
              onBatchEnd: note('batch ends'),
            }),
          ],
        });
        const evaluated = (model.evaluate(images, labels, { batchSize: 8 }) as tf.Scalar[]).map(
          (value) => value.dataSync()[0]!,
        );
        compiled?.dispose();
        return {
          calls,
          epochs: history.epoch,
          history: history.history as Record<string, number[]>,
          evaluated,
        };
      } finally {
        random.mockRestore();
      }
    };
    const expected = await fit(false);
    const found = await fit(true);
    expect(found.calls).toEqual(expected.calls);
    // Validation hardly changes, so that the second epoch without a gain of 10 is the last.
    expect(found.epochs).toEqual([0, 1]);
    expect(Object.keys(found.history).sort()).toEqual(['acc', 'loss', 'val_acc', 'val_loss']);
    for (const [name, values] of Object.entries(found.history)) {
      expect(values).toBeClose(expected.history[name]!);
    }
    expect(found.evaluated).toBeClose(expected.evaluated);
  });

  it('fits a data set, and weighs classes', async () => {
    const fit = async (isCompiled: boolean): Promise<number[]> => {
      const model = convnet();
      model.compile({ optimizer: tf.train.sgd(0.05), loss: 'categoricalCrossentropy' });
      const compiled = isCompiled ? compileLayers(model) : undefined;
      const { images, labels } = examples();
      const rows = tf.data.zip({
        xs: tf.data.array(images.arraySync()),
        ys: tf.data.array(labels.arraySync()),
      });
      const batches = rows.batch(8) as unknown as Parameters<typeof model.fitDataset>[0];
      const streamed = await model.fitDataset(batches, {
        epochs: 3,
        ...quiet,
      } as unknown as tf.ModelFitDatasetArgs<unknown>);
      const weighed = await model.fit(images, labels, {
        epochs: 4,
        batchSize: 8,
        shuffle: false,
        classWeight: { 0: 1, 1: 3 },
        ...quiet,
      });
      expect(compiled?.graphs().length ?? 4).toBe(4);
      compiled?.dispose();
      return [...(streamed.history.loss as number[]), ...(weighed.history.loss as number[])];
    };
    expect(await fit(true)).toBeClose(await fit(false));
  });

  it('leaves no tensor behind', async () => {
    const model = convnet();
    model.compile({ optimizer: tf.train.sgd(0.05), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
    const { images, labels } = examples();
    const options = {
      epochs: 1,
      batchSize: 8,
      validationData: [images, labels],
      ...quiet,
    } as tf.ModelFitArgs;
    await model.fit(images, labels, options);
    const before = tf.memory().numTensors;
    const compiled = compileLayers(model);
    for (let fit = 0; fit < 4; fit++) await model.fit(images, labels, options);
    expect(compiled.graphs()).toHaveLength(4);
    compiled.dispose();
    await model.fit(images, labels, options);
    expect(tf.memory().numTensors).toBe(before);
  });

  describe('with layers that draw noise', () => {
    /** Learns nothing: the loss of each batch tells what the noise left of ones. */
    const lossesOf = async (layers: tf.layers.Layer[], seed: number, shape: number[]): Promise<number[]> => {
      const model = tf.sequential({ layers });
      model.compile({ optimizer: tf.train.sgd(0), loss: 'meanSquaredError' });
      const compiled = compileLayers(model, { seed });
      const losses: number[] = [];
      const x = tf.ones(shape);
      const y = tf.zerosLike(model.predict(x) as tf.Tensor);
      for (let batch = 0; batch < 6; batch++) losses.push((await model.trainOnBatch(x, y)) as number);
      expect(compiled.graphs()).toMatchObject([{ runs: 4 }]);
      compiled.dispose();
      return losses;
    };
    it.each<[string, () => tf.layers.Layer[], number[], number, number]>([
      // The mean square of ones after noise, and how far a batch's may be from it.
      ['dropout', () => [tf.layers.dropout({ rate: 0.5, inputShape: [500] })], [8, 500], 2, 0.2],
      [
        'spatialDropout1d',
        () => [tf.layers.spatialDropout1d({ rate: 0.5, inputShape: [10, 200] })],
        [8, 10, 200],
        2,
        0.3,
      ],
      ['gaussianNoise', () => [tf.layers.gaussianNoise({ stddev: 2, inputShape: [500] })], [8, 500], 5, 0.5],
      [
        'gaussianDropout',
        () => [tf.layers.gaussianDropout({ rate: 0.5, inputShape: [500] })],
        [8, 500],
        2,
        0.3,
      ],
      [
        'dropout with a noise shape, in a model inside',
        () => [
          tf.sequential({
            layers: [tf.layers.dropout({ rate: 0.5, noiseShape: [8, 1, 200], inputShape: [10, 200] })],
          }),
        ],
        [8, 10, 200],
        2,
        0.3,
      ],
      [
        'dropout in a wrapper',
        () => [
          tf.layers.timeDistributed({
            layer: tf.layers.dropout({ rate: 0.5 }),
            inputShape: [4, 200],
          }),
        ],
        [8, 4, 200],
        2,
        0.3,
      ],
    ])('draws from the seed, anew in each step: %s', async (_, layers, shape, mean, distance) => {
      // There must be something to train; this passes on what it gets.
      const withWeights = () => [...layers(), tf.layers.prelu({ alphaInitializer: 'ones' })];
      const losses = await lossesOf(withWeights(), 1, shape);
      // Two batches may well keep equally many.
      expect(new Set(losses).size).toBeGreaterThan(3);
      for (const loss of losses) expect(Math.abs(loss - mean)).toBeLessThan(distance);
      expect(await lossesOf(withWeights(), 1, shape)).toEqual(losses);
      expect(await lossesOf(withWeights(), 2, shape)).not.toEqual(losses);
    });

    it('learns with dropout, evaluates without, and gives the layers back', async () => {
      const model = tf.sequential({
        layers: [
          tf.layers.dense({
            units: 16,
            inputShape: [4],
            activation: 'relu',
            kernelInitializer: kernelInitializer(1),
          }),
          tf.layers.dropout({ rate: 0.3 }),
          tf.layers.dense({ units: 1, kernelInitializer: kernelInitializer(2) }),
        ],
      });
      model.compile({ optimizer: tf.train.adam(0.02), loss: 'meanSquaredError' });
      const compiled = compileLayers(model);
      const x = tf.randomNormal([32, 4], 0, 1, 'float32', 3);
      const y = tf.sum(x, 1, true);
      const lossNow = (): number => (model.evaluate(x, y) as tf.Scalar).dataSync()[0]!;
      const before = lossNow();
      expect(lossNow()).toBe(before);
      await model.fit(x, y, { epochs: 60, batchSize: 32, ...quiet });
      expect(lossNow()).toBeLessThan(before / 4);
      compiled.dispose();
      const dropout = model.layers[1]!;
      expect(Object.hasOwn(dropout, 'call')).toBe(false);
    });

    it('refuses a seed that is no whole number', () => {
      const model = convnet();
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      expect(() => compileLayers(model, { seed: 0.5 })).toThrow(
        new RangeError('seed is 0.5; it must be a whole number of less than 32 bits.'),
      );
    });
  });

  describe('follows what changes between two batches:', () => {
    const kernelOf = (layer: tf.layers.Layer) => layer as unknown as { kernelRegularizer: { l2: number } };
    const dropoutRate = (layer: tf.layers.Layer) => layer as unknown as { rate: number };

    it.each<[string, (model: tf.LayersModel, layers: readonly tf.layers.Layer[]) => void]>([
      ['a layer that is frozen', (_, layers) => (layers[0]!.trainable = false)],
      ['another optimizer', (model) => (model.optimizer = tf.train.adam(0.01))],
      [
        'another model.compile, with another loss',
        (model) => {
          model.compile({ optimizer: 'sgd', loss: 'meanAbsoluteError' });
        },
      ],
      ['another regularizer', (_, layers) => (kernelOf(layers[0]!).kernelRegularizer.l2 = 1)],
      ['the rate of a dropout', (_, layers) => (dropoutRate(layers[1]!).rate = 0)],
    ])('%s', async (_, change) => {
      const train = async (isCompiled: boolean): Promise<number[]> => {
        const layers = [
          tf.layers.dense({
            units: 4,
            inputShape: [3],
            kernelInitializer: kernelInitializer(1),
            kernelRegularizer: tf.regularizers.l2({ l2: 0.01 }),
          }),
          // Draws so rarely that both do as nothing.
          tf.layers.dropout({ rate: 1e-7 }),
          tf.layers.dense({ units: 1, kernelInitializer: kernelInitializer(2) }),
        ];
        const model = tf.sequential({ layers });
        model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
        const compiled = isCompiled ? compileLayers(model) : undefined;
        const inputs = tf.randomNormal([4, 3], 0, 1, 'float32', 1);
        const losses: number[] = [];
        const batches = async () => {
          for (let batch = 0; batch < 5; batch++) {
            losses.push((await model.trainOnBatch(inputs, tf.ones([4, 1]))) as number);
          }
        };
        await batches();
        change(model, layers);
        await batches();
        losses.push((model.evaluate(inputs, tf.ones([4, 1])) as tf.Scalar).dataSync()[0]!);
        expect(compiled?.graphs().at(0)?.runs ?? 2).toBeGreaterThan(1);
        compiled?.dispose();
        expect(Object.getOwnPropertyDescriptor(model, 'model')).toHaveProperty('value');
        losses.push((await model.trainOnBatch(inputs, tf.ones([4, 1]))) as number);
        return losses;
      };
      expect(await train(true)).toBeClose(await train(false));
    });

    it('another model.compile of a sequential model, after which compileLayers may be called again', async () => {
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] });
      const recompile = () => {
        model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      };
      const batches = async () => {
        for (let batch = 0; batch < 3; batch++) await model.trainOnBatch(tf.ones([4, 3]), tf.ones([4, 1]));
      };
      recompile();
      const first = compileLayers(model);
      expect(() => compileLayers(model)).toThrow('compiled already');
      recompile();
      await batches();
      expect(first.graphs()).toMatchObject([{ runs: 1 }]);
      const second = compileLayers(model);
      first.dispose();
      await batches();
      expect(second.graphs()).toMatchObject([{ runs: 1 }]);
      expect(first.graphs()).toEqual([]);
      second.dispose();
    });

    it('the rate of a dropout that draws', async () => {
      const layer = tf.layers.dropout({ rate: 0.5, inputShape: [50] });
      const model = tf.sequential({ layers: [layer, tf.layers.prelu({ alphaInitializer: 'ones' })] });
      model.compile({ optimizer: tf.train.sgd(0), loss: 'meanSquaredError' });
      const compiled = compileLayers(model);
      const losses: number[] = [];
      for (let batch = 0; batch < 8; batch++) {
        if (batch === 4) dropoutRate(layer).rate = 0;
        losses.push((await model.trainOnBatch(tf.ones([8, 50]), tf.zeros([8, 50]))) as number);
      }
      expect(losses.slice(0, 4)).not.toContain(1);
      expect(losses.slice(4)).toEqual([1, 1, 1, 1]);
      compiled.dispose();
    });

    it('class weights, and the learning rate of adam with a last, short batch', async () => {
      const fit = async (isCompiled: boolean): Promise<number[]> => {
        const model = tf.sequential({
          layers: [
            tf.layers.dense({
              units: 2,
              inputShape: [4],
              activation: 'softmax',
              kernelInitializer: kernelInitializer(1),
            }),
          ],
        });
        const optimizer = tf.train.adam(0.1);
        model.compile({ optimizer, loss: 'categoricalCrossentropy' });
        const compiled = isCompiled ? compileLayers(model) : undefined;
        const x = tf.randomNormal([10, 4], 0, 1, 'float32', 1);
        const y = tf.oneHot(tf.tensor1d([0, 1, 0, 1, 1, 0, 0, 1, 0, 1], 'int32'), 2);
        const losses: number[] = [];
        for (const second of [1, 5]) {
          const { history } = await model.fit(x, y, {
            epochs: 2,
            batchSize: 4,
            shuffle: false,
            classWeight: { 0: 1, 1: second },
            ...quiet,
            callbacks: {
              onEpochBegin(epoch) {
                (optimizer as unknown as { learningRate: number }).learningRate = 0.1 / (1 + epoch);
                return Promise.resolve();
              },
            },
          });
          losses.push(...(history.loss as number[]));
        }
        compiled?.dispose();
        return losses;
      };
      expect(await fit(true)).toBeClose(await fit(false));
    });
  });

  it('refuses a model without an optimizer', () => {
    expect(() => compileLayers(convnet())).toThrow(
      'The model has no optimizer yet: call model.compile before compileLayers.',
    );
  });
});
