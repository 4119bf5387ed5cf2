import { finiteDifferences } from '@hyperspherical/testing';
import { grad, type Scalar, type Tensor, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect } from 'vitest';
import { referenceCosine, rowsOf } from './reference-cosine.js';

/** A scalar loss of one matrix in tensors, and the same formula in float64 on its rows. */
export interface LossPair {
  readonly loss: (outputs: Tensor2D) => Scalar;
  readonly plain: (rows: number[][]) => number;
}

/** Expects a golden value and gradient, to 1e-5 relative and 1e-6 absolute. */
export function expectGolden(
  loss: (outputs: Tensor2D) => Scalar,
  { x, value, grad: gradient }: { x: number[][]; value: number; grad: number[][] },
): void {
  const outputs = tensor2d(x);
  expect(loss(outputs)).toBeClose(value);
  expect(grad(loss as (outputs: Tensor) => Scalar)(outputs)).toBeClose(gradient);
}

/** Expects the value of a loss to be that of plain JavaScript, and its gradient that of finite differences of it. */
export function expectGradient({ loss, plain }: LossPair, rows: readonly (readonly number[])[]): void {
  const width = rows[0]!.length;
  const flat = Float32Array.from(rows.flat());
  const outputs = tensor2d(flat, [rows.length, width]);
  expect(loss(outputs)).toBeClose(plain(rowsOf(flat, width)), { relative: 2e-5, absolute: 5e-6 });
  const expected = finiteDifferences((x) => plain(rowsOf(x, width)), flat);
  const gradient = grad(loss as (x: Tensor) => Scalar)(outputs);
  expect(gradient).toBeClose(rowsOf(expected, width), { relative: 2e-4, absolute: 1e-4 });
  gradient.dispose();
}

/** Seeded rows whose lengths are not near 0, where finite differences would fail. */
export function matrices(rows: number, width: number): fc.Arbitrary<number[][]> {
  const number = fc.double({ min: -2, max: 2, noNaN: true });
  return fc
    .array(fc.array(number, { minLength: width, maxLength: width }), { minLength: rows, maxLength: rows })
    .filter((matrix) => matrix.every((row) => Math.hypot(...row) > 0.3));
}

/** Runs `expectGradient` on seeded matrices, those that are `smooth`: where the formula has a derivative. */
export function expectGradients(
  pair: LossPair,
  rows: number,
  width: number,
  seed: number,
  smooth: (matrix: number[][]) => boolean = () => true,
): void {
  fc.assert(
    fc.property(matrices(rows, width).filter(smooth), (matrix) => {
      expectGradient(pair, matrix);
    }),
    { seed, numRuns: 15 },
  );
}

/** `[rows, classes]` cosines in float64. */
export function referenceCosines(rows: number[][], classes: number[][]): number[][] {
  return rows.map((row) => classes.map((each) => referenceCosine(row, each)));
}

/** `-log softmax(logits)[label]` in float64. */
export function referenceCrossEntropy(logits: number[], label: number): number {
  const largest = Math.max(...logits);
  return Math.log(logits.reduce((sum, each) => sum + Math.exp(each - largest), 0)) + largest - logits[label]!;
}
