import '@tensorflow/tfjs';
import { finiteDifferences, tensorsLeft } from '@hyperspherical/testing';
import {
  grad,
  sum,
  tensor1d,
  tensor2d,
  type Scalar,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { multiTaskHead } from './multi-task-head.js';
import { simplexLogitClassifier } from './simplex-logit-classifier.js';

/** `-log softmax(logits)[label]`, in float64. */
function crossEntropy(logits: readonly number[], label: number): number {
  return Math.log(logits.reduce((total, logit) => total + Math.exp(logit), 0)) - logits[label]!;
}

describe('simplexLogitClassifier', () => {
  const head = simplexLogitClassifier({ classes: 3, scale: 2 });
  const labels = tensor1d([0, 2], 'int32');
  const rows = [
    [0.3, -1],
    [2, 0.5],
  ];
  const cosines = (): number[][] => {
    // Scores over scale and length are cosines with the vertices.
    const units = tensor2d([
      [1, 0],
      [0, 1],
    ]);
    return head
      .scores(units)
      .arraySync()
      .map((row) => row.map((score) => score / 2));
  };

  it('scores by inner products with vertices 120 degrees apart, times the scale', () => {
    const [x, y] = cosines();
    for (const [i, j] of [
      [0, 1],
      [1, 2],
      [0, 2],
    ] as const) {
      expect(x![i]! * x![j]! + y![i]! * y![j]!).toBeCloseTo(-0.5, 5);
    }
    expect(head.scores(tensor2d([[3, 0]]))).toBeClose([x!.map((value) => 6 * value)]);
  });

  it('has the loss and gradient of softmax cross entropy over them', () => {
    const [x, y] = cosines();
    const plain = (point: Float64Array): number =>
      [0, 1].reduce((total, row) => {
        const logits = x!.map((_, k) => 2 * (point[2 * row]! * x![k]! + point[2 * row + 1]! * y![k]!));
        return total + crossEntropy(logits, row === 0 ? 0 : 2);
      }, 0);
    const loss = (outputs: Tensor): Scalar => sum(head.loss(outputs as Tensor2D, labels));
    expect(loss(tensor2d(rows))).toBeClose(plain(Float64Array.from(rows.flat())));
    const expected = finiteDifferences(plain, rows.flat());
    expect(grad(loss)(tensor2d(rows))).toBeClose(
      [Array.from(expected.slice(0, 2)), Array.from(expected.slice(2))],
      { relative: 1e-4, absolute: 1e-5 },
    );
  });

  it('predicts the vertex nearest in direction, and leaves no tensor', () => {
    const [x, y] = cosines();
    const outputs = tensor2d(x!.map((_, k) => [5 * x![k]!, 5 * y![k]!]));
    expect(Array.from(head.predict(outputs).dataSync())).toEqual([0, 1, 2]);
    const points = tensor2d(rows);
    expect(tensorsLeft(() => [head.loss(points, labels), head.predict(points)])).toBe(0);
  });
});

describe('multiTaskHead', () => {
  const weights = { classification: 0.25, regression: 0.75 };
  const head = multiTaskHead({ classes: 2, weights, standard: { mean: 10, deviation: 5 } });
  const outputs = tensor2d([[1, -1, 0.5]]);
  const targets = { labels: tensor1d([1], 'int32'), values: tensor1d([20]) };

  it('weighs cross entropy of the logits and squared error of the standardised value', () => {
    const expected = 0.25 * crossEntropy([1, -1], 1) + 0.75 * (0.5 - 2) ** 2;
    expect(head.loss(outputs, targets)).toBeClose([expected]);
  });

  it('predicts the likeliest class, and the value in its own unit', () => {
    const { labels, values } = head.predict(outputs);
    expect(Array.from(labels.dataSync())).toEqual([0]);
    expect(values).toBeClose([12.5]);
  });

  it('has the gradient of finite differences', () => {
    const plain = (z: Float64Array): number =>
      0.25 * crossEntropy([z[0]!, z[1]!], 1) + 0.75 * (z[2]! - 2) ** 2;
    const found = grad((z: Tensor) => sum<Scalar>(head.loss(z as Tensor2D, targets)))(outputs);
    expect(found).toBeClose([Array.from(finiteDifferences(plain, [1, -1, 0.5]))], {
      relative: 1e-4,
      absolute: 1e-5,
    });
  });
});

describe('the baseline heads', () => {
  it('refuse sizes and numbers from a file that are out of range, by name', () => {
    const simplex = (json: object) => () =>
      simplexLogitClassifier(json as { classes: number; scale: number });
    expect(simplex({ classes: 1e9, scale: 1 })).toThrow('classes must be an integer from 2 to 10000');
    expect(simplex({ classes: null, scale: 1 })).toThrow(
      'classes must be an integer from 2 to 10000, and is null',
    );
    expect(simplex({ classes: 3, scale: null })).toThrow(
      'scale must be a finite number above 0, and is null',
    );
    const json = {
      classes: 3,
      weights: { classification: 1, regression: 1 },
      standard: { mean: 0, deviation: 1 },
    };
    const multiTask = (change: object) => () => multiTaskHead({ ...json, ...change });
    expect(multiTask({ classes: 1e9 })).toThrow('classes must be at most 16777216, and is 1000000000');
    expect(multiTask({ weights: null })).toThrow('weights.classification must be a finite number');
    expect(multiTask({ standard: null })).toThrow('standards must be an object, and is null');
  });
});
