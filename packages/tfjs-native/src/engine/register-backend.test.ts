import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finiteDifferences, tensorsLeft } from '@hyperspherical/testing';
import * as tf from '@tensorflow/tfjs';
import { assert, integer, property } from 'fast-check';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { nativeBackend, nativeEngine, node } from '../index.js';

afterEach(async () => {
  await tf.setBackend('tensorflow');
});

/** Runs something on the backend in plain JavaScript, the reference for what the engine computes. */
async function onPlainBackend<T>(run: () => T): Promise<T> {
  // The plain backend advises to install tfjs-node unless this is set.
  tf.env().set('PROD', true);
  await tf.setBackend('cpu');
  return run();
}

describe('the import of the engine', () => {
  it('makes tensorflow the backend', () => {
    expect(tf.getBackend()).toBe('tensorflow');
    expect(nativeEngine()).toEqual({
      backend: 'tensorflow',
      tensorflowVersion: '2.15.1',
      tfjsNodeVersion: '4.22.0',
      variant: 'cpu',
      device: 'cpu',
      folder: expect.stringMatching(/tfjs-native.tensorflow-2\.15\.1-tfjs-node-4\.22\.0-/) as string,
    });
  });

  it('registers every kernel that tfjs-node has', () => {
    const names = new Set(tf.getKernelsForBackend('tensorflow').map(({ kernelName }) => kernelName));
    expect(names.size).toBeGreaterThan(150);
    expect([...names]).toEqual(
      expect.arrayContaining(['Conv2D', 'Conv2DBackpropFilter', '_FusedMatMul', 'FusedBatchNorm', 'TopK']),
    );
  });
});

describe('the engine', () => {
  it('multiplies two matrices as one does by hand', () => {
    const product = tf.matMul(
      tf.tensor2d([
        [1, 2],
        [3, 4],
      ]),
      tf.tensor2d([
        [5, 6],
        [7, 8],
      ]),
    );
    expect(product).toBeClose([
      [19, 22],
      [43, 50],
    ]);
  });

  it('multiplies matrices of any shape as float64 does', () => {
    const size = integer({ min: 1, max: 12 });
    assert(
      property(size, size, size, integer({ min: 0, max: 1e6 }), (rows, inner, columns, seed) => {
        const left = tf.randomUniform<tf.Rank.R2>([rows, inner], -1, 1, 'float32', seed);
        const right = tf.randomUniform<tf.Rank.R2>([inner, columns], -1, 1, 'float32', seed + 1);
        const a = left.arraySync();
        const b = right.arraySync();
        const expected = a.map((row) =>
          b[0]!.map((_, column) => row.reduce((sum, value, index) => sum + value * b[index]![column]!, 0)),
        );
        expect(tf.matMul(left, right)).toBeClose(expected);
        tf.dispose([left, right]);
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it('gives the gradient that finite differences give', () => {
    const x = [0.3, -0.7, 1.1];
    const f = (at: Float64Array): number =>
      at.reduce((sum, value) => sum + Math.tanh(value) * value * value, 0);
    const gradient = tf.grad((at: tf.Tensor) => tf.sum(tf.mul(tf.tanh(at), tf.square(at))));
    expect(gradient(tf.tensor1d(x))).toBeClose(finiteDifferences(f, x));
  });

  it('trains a small network as the plain JavaScript backend does, step for step', async () => {
    const train = (): { losses: number[]; weights: number[] } =>
      tf.tidy(() => {
        const images = tf.randomNormal<tf.Rank.R4>([8, 6, 6, 2], 0, 1, 'float32', 1);
        const labels = tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2, 0, 1], 'int32'), 3);
        const filter = tf.variable(tf.randomNormal<tf.Rank.R4>([3, 3, 2, 4], 0, 0.3, 'float32', 2));
        const weights = tf.variable(tf.randomNormal<tf.Rank.R2>([36, 3], 0, 0.3, 'float32', 3));
        const optimizer = tf.train.momentum(0.05, 0.9);
        const losses = Array.from(
          { length: 5 },
          () =>
            optimizer
              .minimize(
                () => {
                  const features = tf.relu(tf.conv2d(images, filter, 2, 'same'));
                  const logits = tf.matMul(features.reshape([8, 36]), weights);
                  return tf.losses.softmaxCrossEntropy(labels, logits);
                },
                true,
                [filter, weights],
              )!
              .dataSync()[0]!,
        );
        const values = [...filter.dataSync(), ...weights.dataSync()];
        tf.dispose([filter, weights]);
        optimizer.dispose();
        return { losses, weights: values };
      });
    const native = train();
    const plain = await onPlainBackend(train);
    expect(native.losses).toBeClose(plain.losses, { relative: 1e-4 });
    expect(native.weights).toBeClose(plain.weights, { relative: 1e-3, absolute: 1e-4 });
    expect(native.losses.at(-1)).toBeLessThan(native.losses[0]!);
  });

  it('leaves no tensor behind', () => {
    const x = tf.tensor2d([
      [1, 2],
      [3, 4],
    ]);
    const step = (): tf.Tensor =>
      tf.tidy(() => tf.grad((at: tf.Tensor) => tf.sum(tf.matMul(at as tf.Tensor2D, x)))(x));
    tf.dispose(step()); // TensorFlow gets x when it is first used.
    const before = nativeBackend().getNumOfTFTensors();
    expect(tensorsLeft(step)).toBe(0);
    expect(nativeBackend().getNumOfTFTensors()).toBe(before);
    tf.dispose(x);
  });

  it('has the functions that Node 23 took from under tfjs-node', () => {
    const { values, indices } = tf.topk(tf.tensor1d([3, 9, 4]), 2);
    expect(values).toBeClose([9, 4]);
    expect(indices).toBeClose([1, 2]);
    expect(tf.concat([tf.tensor1d([1]), tf.tensor1d([2])])).toBeClose([1, 2]);
  });

  it('runs operations that TensorFlow.js has no kernel for', () => {
    const { binding } = nativeBackend();
    const type = { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
    const inputs = [tf.tensor1d([10, 20]), tf.tensor1d([-1, 1])];
    expect(nativeBackend().executeSingleOutput('ReluGrad', [type], inputs)).toBeClose([0, 20]);
  });

  it('gives an Error, not a crash, when TensorFlow refuses an operation', () => {
    expect(() => nativeBackend().executeSingleOutput('NoSuchOperation', [], [])).toThrow(/NoSuchOperation/);
    expect(tf.add(1, 2)).toBeClose(3);
  });
});

describe('files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tfjs-native-files-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('keep a model through tf.io: file:// saves it and loads it', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({
          units: 2,
          inputShape: [3],
          kernelInitializer: tf.initializers.glorotNormal({ seed: 4 }),
        }),
      ],
    });
    await model.save(`file://${folder}`);
    expect(readdirSync(folder).sort()).toEqual(['model.json', 'weights.bin']);
    const loaded = await tf.loadLayersModel(`file://${folder}/model.json`);
    const x = tf.tensor2d([[1, -2, 0.5]]);
    const expected = (model.predict(x) as tf.Tensor2D).arraySync();
    expect(loaded.predict(x)).toBeClose(expected);
    expect(Math.abs(expected[0]![0]!)).toBeGreaterThan(0);
  });

  it('keep an image: node.encodePng and node.decodePng', async () => {
    const image = tf.tensor3d([0, 50, 100, 150, 200, 250], [1, 2, 3], 'int32');
    const encoded = await node.encodePng(image);
    expect(node.decodePng(encoded)).toBeClose(image.arraySync());
  });
});
