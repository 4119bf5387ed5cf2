import { forEachBackend } from '@hyperspherical/testing';
import { grads, sum, type Tensor, tensor2d, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { backpropagate, plus, Scalar } from '../test/scalar.js';
import { batchCases } from '../test/whole-range/batch-cases.js';
import { classCases } from '../test/whole-range/class-cases.js';
import type { WholeRangeCase } from '../test/whole-range/grid.js';
import { numberCases } from '../test/whole-range/number-cases.js';
import { pairCases } from '../test/whole-range/pair-cases.js';
import * as losses from './index.js';

const cases = [...pairCases, ...classCases, ...numberCases, ...batchCases];

/** What has no gradient: checks, counts and tables. */
const notDifferentiable = new Set([
  'checkClassWeights',
  'checkLabels',
  'checkUnitRows',
  'countedLabels',
  'exampleWeights',
  'minimumScale',
  'ordinalSoftLabels',
  'ordinalSoftLabelTable',
]);

/** How far float32 may be off: 1e-5 of a value, 1e-4 of a row's gradient, and a few units of its last digit of what was subtracted. */
function wrongs({ inputs, loss, formula, scale = 1, ofLengths = false }: WholeRangeCase): string[] {
  const scalars = inputs.map((matrix) => matrix.map((row) => row.map((each) => new Scalar(each))));
  const values = formula(scalars);
  backpropagate(plus(...values));
  return tidy(() => {
    const tensors = inputs.map((matrix) => tensor2d(matrix as number[][]));
    const found = loss(tensors).arraySync();
    const gradients = grads((...all: Tensor[]) => sum(loss(all as Tensor2D[])))(tensors) as Tensor2D[];
    const all = values.flatMap(({ value }, index) => {
      const isClose = Math.abs(found[index]! - value) <= 1e-5 * Math.abs(value) + 1e-6 * scale + 1e-6;
      return isClose ? [] : [`value ${index} is ${found[index]}, in float64 ${value}`];
    });
    gradients.forEach((gradient, input) => {
      gradient.arraySync().forEach((row, index) => {
        const wanted = scalars[input]![index]!.map((each) => each.gradient);
        const apart = Math.hypot(...row.map((each, axis) => each - wanted[axis]!));
        const length = Math.hypot(...inputs[input]![index]!);
        const resolution = ofLengths || length === 0 ? scale : scale / length;
        if (apart <= 1e-4 * Math.hypot(...wanted) + 3e-6 * resolution) return;
        all.push(
          `the gradient by row ${index} of input ${input}, [${inputs[input]![index]!.join()}], is [${row.join()}], in float64 [${wanted.join()}]`,
        );
      });
    });
    return all;
  });
}

describe('every loss', () => {
  it('is among the cases of the whole range', () => {
    const covered = new Set<string>(cases.map(({ name }) => name));
    const exported = Object.keys(losses).filter((name) => !notDifferentiable.has(name));
    expect([...covered].sort()).toEqual(exported.sort());
  });
});

forEachBackend(backends, () => {
  describe.each([...new Set(cases.map(({ name }) => name))])('%s', (name) => {
    it('has float64 values and gradients at every angle and length, zero vectors included', () => {
      const found = cases
        .filter((each) => each.name === name)
        .flatMap((each) => wrongs(each).map((wrong) => `${name} (${each.options}): ${wrong}`));
      expect(found.slice(0, 5)).toEqual([]);
    });
  });
});
