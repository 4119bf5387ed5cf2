import { reshape, type Tensor1D, tensor1d, type Tensor2D } from '@tensorflow/tfjs-core';
import * as losses from '../../src/index.js';
import { angularMargin, cosine, crossEntropy, heldSine, type Row } from '../reference-losses.js';
import { minus, plus, power, type Scalar, times } from '../scalar.js';
import { grid, rowAt, type WholeRangeCase } from './grid.js';

const firstLabels = (rows: readonly unknown[]): Tensor1D => tensor1d(new Int32Array(rows.length), 'int32');
const vector = (matrix: Tensor2D): Tensor1D => reshape(matrix, [matrix.size]);

/** Cross entropy over scaled cosines; the right class is the first. */
const ofCosines = (cosines: readonly Scalar[], own: Scalar, scale: number): Scalar =>
  crossEntropy(
    cosines.map((each, label) => times(label === 0 ? own : each, scale)),
    0,
  );

function casesOf(scale: number, dimensions: number): WholeRangeCase[] {
  const outputs = grid(dimensions);
  const others = dimensions === 1 ? [] : [rowAt(2.2, 1e20, dimensions), rowAt(1, 7, dimensions)];
  const prototypes = [rowAt(0, 1e-20, dimensions), rowAt(Math.PI, 1, dimensions), ...others];
  const margins = prototypes.map(() => [0.5]);
  const labels = firstLabels(outputs);
  const shared = { options: `scale ${scale}, D = ${dimensions}`, scale };
  const each =
    (own: (row: Row, prototype: Row, margin: Scalar) => Scalar): WholeRangeCase['formula'] =>
    ([rows, classes, sizes]) =>
      rows!.map((row) =>
        ofCosines(
          classes!.map((prototype) => cosine(row, prototype)),
          own(row, classes![0]!, sizes?.[0]?.[0] ?? plus(0)),
          scale,
        ),
      );
  return [
    {
      ...shared,
      name: 'cosineSoftmaxLoss',
      inputs: [outputs, prototypes],
      loss: ([x, p]) => losses.cosineSoftmaxLoss(x!, labels, { prototypes: p!, scale }),
      formula: each(cosine),
    },
    {
      ...shared,
      name: 'cosFaceLoss',
      inputs: [outputs, prototypes, margins],
      loss: ([x, p, m]) => losses.cosFaceLoss(x!, labels, { prototypes: p!, scale, margin: vector(m!) }),
      formula: each((row, prototype, margin) => minus(cosine(row, prototype), margin)),
    },
    {
      ...shared,
      name: 'arcFaceLoss',
      inputs: [outputs, prototypes, margins],
      loss: ([x, p, m]) => losses.arcFaceLoss(x!, labels, { prototypes: p!, scale, margin: vector(m!) }),
      formula: each((row, prototype, margin) =>
        angularMargin(cosine(row, prototype), margin, heldSine(row, prototype)),
      ),
    },
  ];
}

/** Cosines as a layer of scores gives them, those of +-1 included. */
const cosines = [-1, -0.99999, -0.9, -0.5, 0, 0.3, 0.9, 0.999, 0.99999, 1].flatMap((own) =>
  [-1, 0, 1].map((other) => [own, other, -0.2].map(Math.fround)),
);

const scores = [1e-3, 16, 64].flatMap((scale) =>
  (['cosine-softmax', 'cosface', 'arcface'] as const).map((loss): WholeRangeCase => ({
    name: 'cosineScoresLoss',
    options: `${loss}, scale ${scale}`,
    scale,
    ofLengths: true,
    inputs: loss === 'cosine-softmax' ? [cosines] : [cosines, [[0.4], [0.5], [0.6]]],
    loss: ([x, m]) =>
      losses.cosineScoresLoss(x!, firstLabels(cosines), { loss, scale, ...(m && { margin: vector(m) }) }),
    formula: ([rows, m]) =>
      rows!.map((row) => {
        const margin = m?.[0]?.[0] ?? plus(0);
        const squaredSine = minus(1, times(row[0]!, row[0]!));
        const sine = squaredSine.value > 1e-14 ? power(squaredSine, 0.5) : plus(1e-7);
        const own = loss === 'arcface' ? angularMargin(row[0]!, margin, sine) : minus(row[0]!, margin);
        return ofCosines(row, own, scale);
      }),
  })),
);

/** Losses over the cosines with all classes. */
export const classCases: readonly WholeRangeCase[] = [
  ...[1e-3, 16, 64].flatMap((scale) => [1, 2].flatMap((dimensions) => casesOf(scale, dimensions))),
  ...scores,
];
