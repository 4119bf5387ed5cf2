import '@hyperspherical/tfjs-native';
import * as tf from '@tensorflow/tfjs';
import { createBackbone, type BackboneOptions } from '@hyperspherical/backbones';
import { afterEach, describe, expect, it } from 'vitest';
import { graphModel } from './graph-model.js';

const seed = 3;
const outputDimensions = 4;
const networks: [string, BackboneOptions, [number, number, number]][] = [
  ['an mlp', { kind: 'mlp', imageShape: [4, 4, 1], hidden: [7], outputDimensions, seed }, [4, 4, 1]],
  ['a convnet', { kind: 'convnet', imageShape: [8, 8, 1], outputDimensions, seed }, [8, 8, 1]],
  ['a CIFAR ResNet', { kind: 'cifar-resnet', depth: 8, outputDimensions, seed }, [8, 8, 3]],
  ['one padded', { kind: 'cifar-resnet', depth: 8, shortcut: 'padding', outputDimensions, seed }, [8, 8, 3]],
  [
    'one projected',
    { kind: 'cifar-resnet', depth: 8, shortcut: 'projection', outputDimensions, seed },
    [8, 8, 3],
  ],
  ['ResNet-18', { kind: 'resnet', depth: 18, outputDimensions, seed }, [32, 32, 3]],
  ['DenseNet-121', { kind: 'densenet', depth: 121, outputDimensions, seed }, [32, 32, 3]],
];

afterEach(() => {
  tf.disposeVariables();
});

describe('graphModel', () => {
  it.each(networks)('gives what %s gives, for any batch size', async (_name, options, shape) => {
    const backbone = createBackbone(options);
    // Running statistics and biases as after some training.
    for (const variable of backbone.variables.filter(({ rank }) => rank === 1))
      variable.assign(tf.add(variable, tf.randomUniform(variable.shape, 0.01, 0.1, 'float32', 1)));
    const { model, weights } = graphModel(backbone, shape);
    const json = JSON.parse(JSON.stringify(model)) as Record<string, never>;
    const loaded = await tf.loadGraphModel(
      tf.io.fromMemory({
        modelTopology: json.modelTopology,
        signature: json.signature,
        weightSpecs: (json.weightsManifest as unknown as { weights: tf.io.WeightsManifestEntry[] }[])[0]!
          .weights,
        weightData: new Uint8Array(Buffer.concat(weights)).buffer,
      }),
    );
    for (const batch of [1, 2, 5]) {
      const images = tf.randomNormal<tf.Rank.R4>([batch, ...shape], 0, 1, 'float32', batch);
      // The same backend runs both; a browser's differs in the last digits.
      const expected = backbone.apply(images);
      expect(loaded.predict(images)).toBeClose(expected.arraySync(), { relative: 1e-4, absolute: 1e-5 });
    }
  });
});
