import { tensorsLeft } from '@hyperspherical/testing';
import * as tf from '@tensorflow/tfjs';
import { assert, boolean, double, property } from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { quartic, trainOnQuartic } from '../testing/train-on-quartic.js';
import { createSgd, type SgdOptions } from './sgd.js';

afterEach(() => {
  tf.disposeVariables();
});

const { start, target } = quartic;
const rates = [0.1, 0.1, 0.02, 0.05, 0.1];

/** Losses sum((w - target)^4 / 4), whose gradient is (w - target)^3, in float64. */
function inDoubles({
  momentum = 0,
  nesterov = false,
  weightDecay = 0,
  decoupledWeightDecay = false,
}: SgdOptions): number[] {
  const velocity = start.map(() => 0);
  return rates.reduce<number[]>(
    (weights, rate) =>
      weights.map((weight, index) => {
        let gradient = (weight - target[index]!) ** 3;
        if (!decoupledWeightDecay) gradient += weightDecay * weight;
        velocity[index] = momentum * velocity[index]! + gradient;
        const direction = nesterov ? gradient + momentum * velocity[index] : velocity[index];
        const kept = decoupledWeightDecay ? weight * (1 - rate * weightDecay) : weight;
        return kept - rate * direction;
      }),
    [...start],
  );
}

function inTensors(options: SgdOptions, isCompiled: boolean): tf.Tensor {
  const { weights, graphs } = trainOnQuartic((variables) => createSgd(variables, options), rates, isCompiled);
  expect(graphs).toBe(isCompiled ? 1 : 0);
  return weights;
}

describe('createSgd', () => {
  it('takes the steps that one finds by hand', () => {
    const weight = tf.variable(tf.scalar(1));
    const sgd = createSgd([weight], { momentum: 0.5, weightDecay: 0.1 });
    // g = 2 each time. v = 2 + 0.1 * 1 = 2.1, w = 1 - 0.21 = 0.79.
    sgd.step({ [weight.name]: tf.scalar(2) }, 0.1);
    expect(weight).toBeClose(0.79);
    // v = 1.05 + 2 + 0.079 = 3.129, w = 0.79 - 0.3129.
    sgd.step({ [weight.name]: tf.scalar(2) }, 0.1);
    expect(weight).toBeClose(0.4771);
    expect(sgd.velocities[0]).toBeClose(3.129);
    expect(sgd.state).toBe(sgd.velocities);
  });

  it('takes the steps of float64, eager and compiled, for any options', () => {
    assert(
      property(
        double({ min: 0, max: 0.99, noNaN: true }),
        boolean(),
        double({ min: 0, max: 0.2, noNaN: true }),
        boolean(),
        boolean(),
        (momentum, isNesterov, weightDecay, decoupledWeightDecay, isCompiled) => {
          const nesterov = isNesterov && momentum > 0;
          const options = { momentum, nesterov, weightDecay, decoupledWeightDecay };
          expect(inTensors(options, isCompiled)).toBeClose(inDoubles(options), {
            relative: 1e-4,
            absolute: 1e-4,
          });
        },
      ),
      { numRuns: 30, seed: 1 },
    );
  });

  it('keeps no velocities without momentum', () => {
    expect(createSgd([tf.variable(tf.scalar(1))]).state).toEqual([]);
  });

  it('leaves no tensor behind, and frees its velocities', () => {
    const weight = tf.variable(tf.scalar(1));
    const before = tf.memory().numTensors;
    const sgd = createSgd([weight], { momentum: 0.9, nesterov: true, weightDecay: 1e-3 });
    expect(tensorsLeft(() => (sgd.step({ [weight.name]: tf.scalar(2) }, 0.1), []))).toBe(0);
    sgd.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses options out of range, and missing gradients', () => {
    const weight = tf.variable(tf.scalar(1), true, 'lonely');
    expect(() => createSgd([weight], { momentum: 1 })).toThrow(
      'momentum is 1; it must be at least 0 and below 1.',
    );
    expect(() => createSgd([weight], { weightDecay: -1 })).toThrow(
      'weightDecay is -1; it must be a finite number of at least 0.',
    );
    expect(() => createSgd([weight], { nesterov: true })).toThrow(
      'nesterov is true and momentum 0; it needs a momentum.',
    );
    expect(() => {
      createSgd([weight]).step({}, 0.1);
    }).toThrow('gradients holds none for the variable lonely; give variableGrads the same variables.');
  });
});
