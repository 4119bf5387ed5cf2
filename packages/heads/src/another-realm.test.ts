import '@tensorflow/tfjs';
import { runInNewContext } from 'node:vm';
import { tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { threeDirections } from '../test/sample-prototypes.js';
import { boundsFromTargets } from './bounds.js';
import { checkTargets } from './check-targets.js';
import { cosineClassifier } from './cosine-classifier.js';
import { headFromJSON } from './head-from-json.js';
import type { HeadConfiguration } from './head-configuration.js';
import { jointHead } from './joint-head.js';
import { standardFromTargets } from './linear-regressor.js';
import { nearestMeanClassifier } from './nearest-mean-classifier.js';
import { prototypeClassifier } from './prototype-classifier.js';
import { softmaxClassifier } from './softmax-classifier.js';

const other = runInNewContext('({ Float32Array, Float64Array, Array, JSON })') as {
  Float32Array: Float32ArrayConstructor;
  Float64Array: Float64ArrayConstructor;
  Array: ArrayConstructor;
  JSON: JSON;
};

const bounds = { lower: 0, upper: 1 };

describe('arrays of another realm (jest, node:vm, an iframe), and plain ones,', () => {
  it.each([
    ['a Float32Array of another realm', other.Float32Array.from(threeDirections.values)],
    ['an array of another realm', other.Array.from(threeDirections.values)],
    ['a Float64Array', Float64Array.from(threeDirections.values)],
    ['a plain array', Array.from(threeDirections.values)],
  ])('are the values of prototypes: %s', (_what, values) => {
    const prototypes = { ...threeDirections, values: values as Float32Array };
    const outputs = tensor2d([[1, 0.1]]);
    for (const [head, expected] of [
      [prototypeClassifier({ prototypes }), prototypeClassifier({ prototypes: threeDirections })],
      [cosineClassifier({ prototypes }), cosineClassifier({ prototypes: threeDirections })],
      [
        cosineClassifier({ prototypes, learned: true }),
        cosineClassifier({ prototypes: threeDirections, learned: true }),
      ],
      [nearestMeanClassifier({ means: prototypes }), nearestMeanClassifier({ means: threeDirections })],
      [
        jointHead({ prototypes, bounds, layout: 'shared' }),
        jointHead({ prototypes: threeDirections, bounds, layout: 'shared' }),
      ],
    ] as const) {
      expect(head.scores(outputs)).toBeClose(expected.scores(outputs).arraySync());
      expect(head.toJSON()).toEqual(expected.toJSON());
    }
  });

  it('are weights, margins, targets and JSON', async () => {
    const weights = other.Float64Array.of(1, 2, 3) as unknown as number[];
    const weighted = softmaxClassifier({ classes: 3, classWeights: weights });
    expect(weighted.toJSON().classWeights).toEqual([1, 2, 3]);
    expect(weighted.extend(1).toJSON().classWeights).toEqual([1, 2, 3, 1]);
    const margin = other.Float32Array.of(0.25, 0.5, 0.75) as unknown as number[];
    const withMargins = cosineClassifier({ prototypes: threeDirections, loss: 'cosface', margin });
    expect(withMargins.toJSON().margin).toEqual([0.25, 0.5, 0.75]);
    const plain = cosineClassifier({
      prototypes: threeDirections,
      loss: 'cosface',
      margin: [0.25, 0.5, 0.75],
    });
    const [outputs, labels] = [tensor2d([[1, 0.1]]), tensor1d([1], 'int32')];
    expect(withMargins.loss(outputs, labels)).toBeClose(plain.loss(outputs, labels).arraySync());
    const values = other.Float32Array.of(1, 3);
    expect(boundsFromTargets(values)).toEqual({ lower: 1, upper: 3 });
    expect(standardFromTargets(values)).toEqual({ mean: 2, deviation: 1 });
    await checkTargets(weighted, other.Array.of(0, 1, 2));
    const json = other.JSON.parse(JSON.stringify(withMargins)) as HeadConfiguration;
    expect(headFromJSON(json).toJSON()).toEqual(withMargins.toJSON());
  });
});
