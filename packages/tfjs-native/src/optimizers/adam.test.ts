import { tensorsLeft } from '@hyperspherical/testing';
import * as tf from '@tensorflow/tfjs';
import { assert, boolean, double, property } from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { quartic, trainOnQuartic } from '../testing/train-on-quartic.js';
import { createAdam, createAdamW, type AdamOptions } from './adam.js';

afterEach(() => {
  tf.disposeVariables();
});

const { start, target } = quartic;
const rates = [0.1, 0.1, 0.02, 0.05, 0.1, 0.3, 0.3];

/** Gradients (w - target)^3, in float64. */
function inDoubles(
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 }: AdamOptions,
  isDecoupled: boolean,
): number[] {
  const mean = start.map(() => 0);
  const square = start.map(() => 0);
  return rates.reduce<number[]>(
    (weights, rate, step) =>
      weights.map((weight, index) => {
        const gradient = (weight - target[index]!) ** 3 + (isDecoupled ? 0 : weightDecay * weight);
        mean[index] = beta1 * mean[index]! + (1 - beta1) * gradient;
        square[index] = beta2 * square[index]! + (1 - beta2) * gradient ** 2;
        const direction =
          mean[index] /
          (1 - beta1 ** (step + 1)) /
          (Math.sqrt(square[index] / (1 - beta2 ** (step + 1))) + epsilon);
        return weight * (isDecoupled ? 1 - rate * weightDecay : 1) - rate * direction;
      }),
    [...start],
  );
}

function inTensors(options: AdamOptions, isDecoupled: boolean, isCompiled: boolean): tf.Tensor {
  const create = isDecoupled ? createAdamW : createAdam;
  const { weights, graphs } = trainOnQuartic((variables) => create(variables, options), rates, isCompiled);
  expect(graphs).toBe(isCompiled ? 1 : 0);
  return weights;
}

describe('createAdam and createAdamW', () => {
  it('move by the learning rate in the first step, whatever the gradient', () => {
    const weights = tf.variable(tf.tensor1d([1, 1]));
    const adam = createAdam([weights]);
    // m / (1 - beta1) = g and sqrt(v / (1 - beta2)) = |g|.
    adam.step({ [weights.name]: tf.tensor1d([1000, -0.001]) }, 0.1);
    expect(weights).toBeClose([0.9, 1.1]);
    expect(adam.state.map(({ shape }) => shape)).toEqual([[2], [2], []]);
  });

  it('shrink the weights first where the decay is decoupled', () => {
    const weights = tf.variable(tf.tensor1d([1, 1]));
    createAdamW([weights], { weightDecay: 0.5 }).step({ [weights.name]: tf.tensor1d([2, -2]) }, 0.1);
    expect(weights).toBeClose([0.95 - 0.1, 0.95 + 0.1]);
  });

  it('take the steps of float64, eager and compiled, for any options', () => {
    const share = double({ min: 0, max: 0.9999, noNaN: true });
    assert(
      property(
        share,
        share,
        double({ min: 0, max: 0.2, noNaN: true }),
        boolean(),
        boolean(),
        (beta1, beta2, weightDecay, isDecoupled, isCompiled) => {
          const options = { beta1, beta2, weightDecay, epsilon: 1e-3 };
          expect(inTensors(options, isDecoupled, isCompiled)).toBeClose(inDoubles(options, isDecoupled), {
            relative: 1e-4,
            absolute: 1e-4,
          });
        },
      ),
      { numRuns: 30, seed: 1 },
    );
  });

  it('have the defaults of PyTorch', () => {
    expect(inTensors({}, false, false)).toBeClose(inDoubles({}, false), { relative: 1e-4 });
    expect(inTensors({}, true, false)).toBeClose(inDoubles({ weightDecay: 0.01 }, true), { relative: 1e-4 });
  });

  it('leave no tensor behind, and free their state', () => {
    const weight = tf.variable(tf.scalar(1));
    const before = tf.memory().numTensors;
    const adam = createAdamW([weight]);
    expect(tensorsLeft(() => (adam.step({ [weight.name]: tf.scalar(2) }, 0.1), []))).toBe(0);
    adam.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuse options out of range', () => {
    const weight = tf.variable(tf.scalar(1));
    expect(() => createAdam([weight], { beta1: 1 })).toThrow(
      'beta1 is 1; it must be at least 0 and below 1.',
    );
    expect(() => createAdam([weight], { beta2: -0.1 })).toThrow(
      'beta2 is -0.1; it must be at least 0 and below 1.',
    );
    expect(() => createAdam([weight], { epsilon: NaN })).toThrow(
      'epsilon is NaN; it must be a finite number of at least 0.',
    );
  });
});
