import { compile } from '@hyperspherical/tfjs-native';
import {
  add,
  matMul,
  mean,
  mul,
  randomNormal,
  type Rank,
  type Scalar,
  setBackend,
  sub,
  tensor1d,
  type Tensor2D,
  tidy,
  type Variable,
  variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import '../test/backends.js';
import { threeDirections } from '../test/sample-prototypes.js';
import { cosineClassifier } from './cosine-classifier.js';
import type { AnyHead } from './head-from-json.js';
import type { Head } from './head.js';
import { jointHead } from './joint-head.js';
import { linearRegressor } from './linear-regressor.js';
import { nearestMeanClassifier } from './nearest-mean-classifier.js';
import { ordinalClassifier } from './ordinal-classifier.js';
import { prototypeClassifier } from './prototype-classifier.js';
import { prototypeRegressor } from './prototype-regressor.js';
import { softmaxClassifier } from './softmax-classifier.js';

const bounds = { lower: 10, upper: 20 };
const weighting = { classWeights: [1, 2, 3], ignoredLabel: -1 };
const labels = () => tensor1d([0, 1, 2, -1], 'int32');
const values = () => tensor1d([11, 14, 16, 19]);

const cases: [string, () => AnyHead, () => object][] = [
  ['prototype-classifier', () => prototypeClassifier({ prototypes: threeDirections, ...weighting }), labels],
  ['softmax-classifier', () => softmaxClassifier({ classes: 3, ...weighting }), labels],
  ...(['cosine-softmax', 'cosface', 'arcface'] as const).map(
    (loss): [string, () => AnyHead, () => object] => [
      `learned cosine-classifier by ${loss}`,
      () => cosineClassifier({ prototypes: threeDirections, learned: true, loss, ...weighting }),
      labels,
    ],
  ),
  ['ordinal-classifier', () => ordinalClassifier({ classes: 3, ...weighting }), labels],
  ['nearest-mean-classifier', () => nearestMeanClassifier({ means: threeDirections, ...weighting }), labels],
  ['prototype-regressor', () => prototypeRegressor({ bounds }), values],
  ['linear-regressor', () => linearRegressor({ standards: { mean: 15, deviation: 3 } }), values],
  [
    'joint',
    () => jointHead({ prototypes: threeDirections, bounds, ...weighting }),
    () => ({ labels: labels(), values: values() }),
  ],
];

describe('a training step recorded as one graph', () => {
  beforeAll(async () => {
    await setBackend('tensorflow');
  });

  it.each(cases)('has the numbers of the step by hand, with the head %s', (_name, create, targets) => {
    const losses = (asGraph: boolean) => {
      const head = create() as unknown as Head<never, never> &
        Partial<{ update: (...args: unknown[]) => void }>;
      const weights = tidy(() =>
        variable(randomNormal<Rank.R2>([5, head.outputDimensions], 0, 1, 'float32', 1)),
      );
      const trained: Variable[] = [weights, ...head.trainableVariables];
      const step = (inputs: Tensor2D, target: object): Scalar =>
        tidy(() => {
          const outputs = () => matMul<Tensor2D>(inputs, weights);
          const loss = () => mean<Scalar>(head.loss(outputs(), target as never));
          const { value, grads } = variableGrads(loss, trained);
          for (const each of trained) each.assign(sub(each, mul(grads[each.name]!, 0.02)));
          head.update?.(outputs(), target);
          return value;
        });
      const run = asGraph ? compile(step) : step;
      const inputs = randomNormal<Rank.R2>([4, 5], 0, 1, 'float32', 2);
      const target = targets();
      return Array.from({ length: 6 }, () => run(add<Tensor2D>(inputs, 0), target).dataSync()[0]!);
    };
    const byHand = losses(false);
    expect(losses(true)).toBeClose(byHand, { relative: 1e-4, absolute: 1e-5 });
    expect(new Set(byHand).size).toBe(6);
  });
});
