import type { Tensor2D, Tensor1D } from '@tensorflow/tfjs-core';
import * as losses from '../../src/index.js';
import { busemann, cosine, type Row, squaredDistance } from '../reference-losses.js';
import { minus, power, type Scalar, square, times } from '../scalar.js';
import { grid, rowAt, type WholeRangeCase } from './grid.js';

interface Pair extends Pick<WholeRangeCase, 'name' | 'options' | 'scale' | 'ofLengths'> {
  readonly of: (rows: Tensor2D, others: Tensor2D) => Tensor1D;
  readonly formula: (row: Row, other: Row) => Scalar;
}

const pairs: readonly Pair[] = [
  { name: 'cosineSimilarity', options: '', of: losses.cosineSimilarity, formula: cosine },
  {
    name: 'squaredCosineLoss',
    options: '',
    of: losses.squaredCosineLoss,
    formula: (x, y) => square(minus(1, cosine(x, y))),
  },
  ...[1, 1e-12, 1e15].map((outputLength): Pair => ({
    name: 'dotRegressionLoss',
    options: `outputLength ${outputLength}`,
    scale: outputLength,
    of: (x, y) => losses.dotRegressionLoss(x, y, { outputLength }),
    formula: (x, y) => times(square(minus(cosine(x, y), 1)), outputLength / 2),
  })),
  ...[0.5, 1, 2, 3].map((alpha): Pair => ({
    name: 'alignmentLoss',
    options: `alpha ${alpha}`,
    of: (x, y) => losses.alignmentLoss(x, y, { alpha }),
    formula: (x, y) => power(squaredDistance(x, y), alpha / 2),
  })),
  ...[0, 0.2, 1, 5].map((penalty): Pair => ({
    name: 'busemannLoss',
    options: `penalty ${penalty}`,
    ofLengths: true,
    of: (x, y) => losses.busemannLoss(x, y, { penalty }),
    formula: (x, y) => busemann(x, y, penalty),
  })),
];

/** Losses of a row and its partner, at each angle and length, with partners of several lengths. */
export const pairCases: readonly WholeRangeCase[] = pairs.flatMap(({ of, formula, options, ...rest }) =>
  [1, 2].flatMap((dimensions) =>
    [0, 1e-20, 1e20].map((length) => {
      const rows = grid(dimensions);
      return {
        ...rest,
        options: `${options}, D = ${dimensions}, partners of length ${length}`,
        inputs: [rows, rows.map(() => rowAt(0, length, dimensions))],
        loss: ([x, y]) => of(x!, y!),
        formula: ([x, y]) => x!.map((row, index) => formula(row, y![index]!)),
      };
    }),
  ),
);
