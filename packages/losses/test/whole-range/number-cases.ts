import { gather, mul, reshape, sum, type Tensor1D, tensor1d, type Tensor2D } from '@tensorflow/tfjs-core';
import * as losses from '../../src/index.js';
import { cosine, crossEntropy, type Row, unit } from '../reference-losses.js';
import { minus, over, plus, type Scalar, square, times } from '../scalar.js';
import { grid, rowAt, type WholeRangeCase } from './grid.js';

const vector = (matrix: Tensor2D): Tensor1D => reshape(matrix, [matrix.size]);
const labelsOf = (labels: readonly number[]): Tensor1D => tensor1d([...labels], 'int32');

/** Rows of logits: near and far apart, huge and tiny. */
const logits = [0, 1e-20, 1, 20, 90, 1e4, 1e20, 1e37].flatMap((size) =>
  [
    [size, 0, -size],
    [-size, size, 0],
    [0, -size, size],
    [size, size, size],
    [-size, -size, 0.5],
  ].map((row) => row.map(Math.fround)),
);
const softLabels = [
  [1, 0, 0],
  [0, 0, 1],
  [0.5, 0.25, 0.25],
  [1e-30, 1, 0],
];
const numbers = [0, 1e-18, -1e-3, 1, 50, -1e18].map(Math.fround);

const labels = logits.map((_, index) => index % 3);
const ofLogits: readonly WholeRangeCase[] = [
  {
    name: 'softmaxCrossEntropy',
    options: 'class weights',
    ofLengths: true,
    inputs: [logits, [[1], [0], [3]]],
    loss: ([x, w]) => losses.softmaxCrossEntropy(x!, labelsOf(labels), { classWeights: vector(w!) }),
    formula: ([x, w]) =>
      x!.map((row, index) => times(crossEntropy(row, labels[index]!), w![labels[index]!]![0]!)),
  },
  ...softLabels.map((shares): WholeRangeCase => ({
    name: 'ordinalCrossEntropy',
    options: `soft labels ${shares.join()}`,
    ofLengths: true,
    inputs: [logits, logits.map(() => shares.map(Math.fround))],
    loss: ([x, y]) => losses.ordinalCrossEntropy(x!, y!),
    formula: ([x, y]) =>
      x!.map((row, index) => plus(...row.map((_, k) => times(crossEntropy(row, k), y![index]![k]!)))),
  })),
];

const ofNumbers: readonly WholeRangeCase[] = [
  {
    name: 'squaredError',
    options: '',
    ofLengths: true,
    inputs: [numbers, [...numbers].reverse()].map((each) => each.map((number) => [number, 1])),
    loss: ([x, y]) => losses.squaredError(x!, y!),
    formula: ([x, y]) =>
      x!.map((row, i) => times(plus(...row.map((each, j) => square(minus(each, y![i]![j]!)))), 0.5)),
  },
  {
    name: 'reduce',
    options: 'a weighted mean',
    ofLengths: true,
    inputs: [numbers.map((each) => [each]), numbers.map((_, index) => [index])],
    loss: ([x, w]) => reshape(losses.reduce(vector(x!), 'mean', { weights: vector(w!) }), [1]),
    formula: ([x, w]) => [over(plus(...x!.map(([each]) => each!)), plus(...w!.map(([each]) => each!)))],
  },
];

/** Losses of directions with numbers to meet. */
const ofDirections = [1, 2].flatMap((dimensions): WholeRangeCase[] => {
  const rows = grid(dimensions);
  const values = rows.map((_, index) => [Math.fround(Math.sin(index))]);
  const regression = (row: Row, pole: Row, value: Scalar): Scalar => square(minus(value, cosine(row, pole)));
  const options = `D = ${dimensions}`;
  return [
    {
      name: 'normaliseRows',
      options,
      inputs: [rows],
      loss: ([x]) => sum(mul(losses.normaliseRows(x!), tensor1d([1, 2, 3].slice(0, dimensions))), -1),
      formula: ([x]) => x!.map((row) => plus(...unit(row).map((each, axis) => times(each, axis + 1)))),
    },
    {
      name: 'cosineRegressionLoss',
      options,
      inputs: [rows, values, [rowAt(0, 1e-20, dimensions)]],
      loss: ([x, y, pole]) => losses.cosineRegressionLoss(x!, vector(y!), { pole: vector(pole!) }),
      formula: ([x, y, pole]) => x!.map((row, index) => regression(row, pole![0]!, y![index]![0]!)),
    },
    ...(['separate', 'shared'] as const)
      .filter((layout) => dimensions > 1 || layout === 'shared')
      .map((layout): WholeRangeCase => {
        const width = layout === 'shared' ? dimensions : dimensions - 1;
        return {
          name: 'jointCosineLoss',
          options: `${options}, ${layout}`,
          // The classes look at the other axes alone, where a row may be far shorter.
          ofLengths: layout === 'separate',
          inputs: [
            layout === 'shared' ? rows : rows.filter(([, y]) => y === undefined || Math.abs(y) > 1e-3),
            values,
            [rowAt(0, 1e20, width)],
          ],
          loss: ([x, y, prototypes]) =>
            losses.jointCosineLoss(
              x!,
              {
                labels: labelsOf(values.slice(0, x!.shape[0]).map(() => 0)),
                values: gather(vector(y!), labelsOf([...Array(x!.shape[0]).keys()])),
              },
              { prototypes: prototypes!, layout, weights: { classification: 2, regression: 3 } },
            ),
          formula: ([x, y, prototypes]) =>
            x!.map((row, index) => {
              const pole = row.map((_, axis) => plus(axis === 0 ? 1 : 0));
              const classRow = layout === 'shared' ? row : row.slice(1);
              const classification = square(minus(1, cosine(classRow, prototypes![0]!)));
              return plus(times(regression(row, pole, y![index]![0]!), 3), times(classification, 2));
            }),
        };
      }),
  ];
});

/** Losses that need no prototype on the grid. */
export const numberCases: readonly WholeRangeCase[] = [...ofLogits, ...ofNumbers, ...ofDirections];
