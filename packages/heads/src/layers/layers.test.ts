import { forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import {
  io,
  memory,
  type Scalar,
  type Tensor,
  tensor1d,
  tensor2d,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { initializers, layers, type LayersModel, loadLayersModel, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { backends } from '../../test/backends.js';
import { threeDirections } from '../../test/sample-prototypes.js';
import { cosineClassifier } from '../cosine-classifier.js';
import type { AnyHead } from '../head-from-json.js';
import type { Head } from '../head.js';
import { jointHead, type JointTensors } from '../joint-head.js';
import { linearRegressor } from '../linear-regressor.js';
import { nearestMeanClassifier } from '../nearest-mean-classifier.js';
import { ordinalClassifier } from '../ordinal-classifier.js';
import { prototypeClassifier } from '../prototype-classifier.js';
import { prototypeRegressor } from '../prototype-regressor.js';
import { softmaxClassifier } from '../softmax-classifier.js';
import { headLayer } from './head-layer.js';
import { layersAccuracy, layersLoss, layersMeanAbsoluteError } from './layers-loss.js';
import { type HeadTargets, layersTargets } from './layers-targets.js';

const bounds = { lower: 10, upper: 20 };
const labels = () => tensor1d([0, 1, 2, 0], 'int32');
const values = () => tensor1d([11, 14, 16, 19]);
const inputs = () =>
  tensor2d([
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ]);

it('a head layer of another copy of tfjs-layers says what to do', () => {
  const layer = headLayer(prototypeClassifier({ prototypes: threeDirections }));
  layer.build([null, 2]);
  // What a model of another copy hands over: no tensor, and no symbolic tensor of this copy.
  const symbolic = { shape: [null, 2], dtype: 'float32', rank: 2 } as unknown as Tensor;
  expect(() => layer.apply(symbolic)).toThrow(/a second copy of @tensorflow\/tfjs-layers.* npm dedupe$/);
});

const cases: [string, () => AnyHead, () => HeadTargets][] = [
  ['prototype-classifier', () => prototypeClassifier({ prototypes: threeDirections }), labels],
  ['softmax-classifier', () => softmaxClassifier({ classes: 3, classWeights: [1, 2, 1] }), labels],
  [
    'cosine-classifier',
    () => cosineClassifier({ prototypes: threeDirections, loss: 'arcface', scale: 8 }),
    labels,
  ],
  [
    'learned cosine-classifier',
    () => cosineClassifier({ prototypes: threeDirections, learned: true }),
    labels,
  ],
  ['ordinal-classifier', () => ordinalClassifier({ classes: 3, distance: 'squared-log' }), labels],
  ['nearest-mean-classifier', () => nearestMeanClassifier({ means: threeDirections }), labels],
  ['prototype-regressor', () => prototypeRegressor({ bounds }), values],
  ['linear-regressor', () => linearRegressor({ standards: { mean: 15, deviation: 3 } }), values],
  [
    'joint',
    () => jointHead({ prototypes: threeDirections, bounds }),
    () => ({ labels: labels(), values: values() }),
  ],
];

async function savedModel(model: LayersModel): Promise<LayersModel> {
  let saved: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler((artifacts) => {
      // As a file would hold it.
      saved = { ...artifacts, modelTopology: JSON.parse(JSON.stringify(artifacts.modelTopology)) as object };
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } });
    }),
  );
  return loadLayersModel(io.fromMemory(saved!));
}

forEachBackend(backends, () => {
  describe.each(cases)('a tf.layers model with the head %s', (_name, create, targets) => {
    const modelOf = (head: AnyHead) => {
      const model = sequential();
      // Seeded: ArcFace's value jumps where angle and margin pass pi, and about one start in eighty crosses there.
      const kernelInitializer = initializers.glorotUniform({ seed: 1 });
      model.add(layers.dense({ inputShape: [4], units: head.outputDimensions, kernelInitializer }));
      model.add(headLayer(head));
      model.compile({ optimizer: 'adam', loss: layersLoss(head) });
      return model;
    };

    it('learns by fit, and is the same after save and loadLayersModel', async () => {
      const head = create();
      const model = modelOf(head);
      const rows = layersTargets(head, targets());
      const { history } = await model.fit(inputs(), rows, {
        epochs: 30,
        batchSize: 4,
        // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- tfjs-layers does not export its enum
        verbose: 0,
      });
      expect(history.loss!.at(-1)).toBeLessThan(history.loss![0] as number);
      const loaded = await savedModel(model);
      expect(loaded.predict(inputs())).toBeClose((model.predict(inputs()) as Tensor).arraySync());
      loaded.compile({ optimizer: 'sgd', loss: layersLoss(head) });
      const [before, after] = [model, loaded].map((each) => each.evaluate(inputs(), rows) as Scalar);
      expect(after).toBeClose(before!.arraySync());
    });

    it('has the loss of the head by hand', () => {
      const head = create();
      const outputs = tensor2d(
        Array.from({ length: 4 * head.outputDimensions }, (_, index) => Math.sin(index + 1)),
        [4, head.outputDimensions],
      );
      const target = targets();
      const byHand = (head as unknown as Head<HeadTargets>).loss(outputs, target);
      const ofLayers = layersLoss(head)(layersTargets(head, target), head.scores(outputs));
      expect(ofLayers).toBeClose(byHand.arraySync(), { relative: 1e-4, absolute: 1e-5 });
    });

    it('leaves no tensor behind in its loss', () => {
      const head = create();
      const rows = layersTargets(head, targets());
      const scores = head.scores(
        tensor2d(new Float32Array(4 * head.outputDimensions), [4, head.outputDimensions]),
      );
      const loss = layersLoss(head);
      loss(rows, scores).dispose();
      expect(tensorsLeft(() => loss(rows, scores))).toBe(0);
    });
  });

  describe('headLayer', () => {
    it('holds learned vectors as a trainable weight, and means as one that is not', () => {
      const learned = headLayer(cosineClassifier({ prototypes: threeDirections, learned: true }));
      learned.build([null, 2]);
      expect(learned.trainableWeights).toHaveLength(1);
      const means = headLayer(nearestMeanClassifier({ means: threeDirections }));
      means.build([null, 2]);
      expect(means.trainableWeights).toHaveLength(0);
      expect(means.nonTrainableWeights).toHaveLength(1);
    });

    it('frees its tensors with its model', async () => {
      const before = memory().numTensors;
      const head = cosineClassifier({ prototypes: threeDirections, learned: true });
      const model = sequential();
      model.add(layers.dense({ inputShape: [4], units: 2 }));
      model.add(headLayer(head));
      const x = inputs();
      const predicted = model.predict(x) as Tensor;
      await predicted.data();
      for (const tensor of [x, predicted]) tensor.dispose();
      model.dispose();
      head.dispose();
      expect(memory().numTensors).toBe(before);
    });

    it('refuses inputs of another width', () => {
      const layer = headLayer(softmaxClassifier({ classes: 3 }));
      expect(() => {
        layer.build([null, 2]);
      }).toThrow('a softmax-classifier layer must get 3 inputs an example, and gets 2');
    });
  });

  describe('layersTargets', () => {
    it('is one-hot for labels, and zeros for an ignored one', () => {
      const head = softmaxClassifier({ classes: 3, ignoredLabel: -1 });
      const rows = layersTargets(head, tensor1d([2, -1], 'int32'));
      expect(rows).toBeClose([
        [0, 0, 1],
        [0, 0, 0],
      ]);
      const logits = tensor2d([
        [0, 0, 0],
        [5, 0, 0],
      ]);
      expect(layersLoss(head)(rows, logits)).toBeClose([Math.log(3), 0]);
    });
  });

  describe('layersAccuracy and layersMeanAbsoluteError', () => {
    it('judge a joint head by task', () => {
      const head = jointHead({ prototypes: threeDirections, bounds });
      const target: JointTensors = { labels: tensor1d([1, 0], 'int32'), values: tensor1d([15, 20]) };
      const rows = layersTargets(head, target);
      const scores = head.scores(
        tensor2d([
          [0, 0, 3],
          [0, 0, 3],
        ]),
      );
      expect(layersAccuracy(head)(rows, scores)).toBeClose([1, 0]);
      expect(layersMeanAbsoluteError(head)(rows, scores)).toBeClose([0, 5]);
    });

    it('average over several targets', () => {
      const head = prototypeRegressor({ bounds: [bounds, bounds], dimensions: 2 });
      const scores: Tensor2D = head.scores(tensor2d([[1, 0, 1, 0]]));
      expect(layersMeanAbsoluteError(head)(tensor2d([[20, 16]]), scores)).toBeClose([2]);
    });

    it('refuse heads without labels or values', () => {
      expect(() => layersAccuracy(linearRegressor())).toThrow('a linear-regressor tells no labels');
      expect(() => layersMeanAbsoluteError(softmaxClassifier({ classes: 2 }))).toThrow(
        'a softmax-classifier tells no values',
      );
    });
  });
});
