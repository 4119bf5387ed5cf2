import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from 'vitest';
import { compile } from '../compile/compile.js';
import { createAdam, createAdamW } from './adam.js';
import type { GradientOptimizer } from './gradient-optimizer.js';
import { createSgd } from './sgd.js';

afterEach(() => {
  tf.disposeVariables();
});

const optimizers: [string, (variables: readonly tf.Variable[]) => GradientOptimizer, string[]][] = [
  ['sgd without momentum', (variables) => createSgd(variables), []],
  [
    'sgd',
    (variables) => createSgd(variables, { momentum: 0.9, nesterov: true }),
    ['velocity.0', 'velocity.1'],
  ],
  ['adam', (variables) => createAdam(variables), ['mean.0', 'mean.1', 'square.0', 'square.1', 'steps']],
  [
    'adamW',
    (variables) => createAdamW(variables, { weightDecay: 0.1 }),
    ['mean.0', 'mean.1', 'square.0', 'square.1', 'steps'],
  ],
];

/** Two variables that are pulled to 0, and a way to pull them further. */
function start(create: (variables: readonly tf.Variable[]) => GradientOptimizer, isCompiled: boolean) {
  const variables: tf.Variable[] = [tf.variable(tf.tensor([1, -2])), tf.variable(tf.tensor(3))];
  const optimizer = create(variables);
  const rate = tf.variable(tf.scalar(0.1), false);
  const body = (): tf.Scalar => {
    const { value, grads } = tf.variableGrads(
      () => tf.add<tf.Scalar>(tf.sum(tf.square(variables[0]!)), tf.square(variables[1]!)),
      variables,
    );
    optimizer.step(grads, rate);
    return value;
  };
  const compiled = compile(body);
  const step = (): void => {
    tf.dispose(isCompiled ? compiled() : tf.tidy(body));
  };
  return {
    optimizer,
    rate,
    graphs: () => compiled.graphs().length,
    train: (steps: number) => {
      for (let index = 0; index < steps; index++) step();
    },
    weights: () => variables.map((variable) => Array.from(variable.dataSync())),
    setWeights: (values: readonly (readonly number[])[]) => {
      variables.forEach((variable, index) => {
        variable.assign(tf.tensor([...values[index]!], variable.shape));
      });
    },
  };
}

describe.each(optimizers)('the state of %s', (_, create, names) => {
  it.each([false, true])('goes on from a checkpoint as if nothing had been (compiled: %s)', (isCompiled) => {
    const whole = start(create, isCompiled);
    whole.train(5);
    const saved = whole.optimizer.save();
    expect(saved.map(({ name }) => name)).toEqual(names);
    const weights = whole.weights();
    whole.train(5);
    const resumed = start(create, isCompiled);
    resumed.setWeights(weights);
    resumed.optimizer.load(saved.toReversed());
    resumed.train(5);
    expect(resumed.weights()).toEqual(whole.weights());
    // In a graph that runs already, too.
    resumed.setWeights(weights);
    resumed.optimizer.load(saved);
    resumed.train(5);
    expect(resumed.weights()).toEqual(whole.weights());
    expect(resumed.graphs()).toBe(isCompiled ? 1 : 0);
  });

  it('takes its learning rate from a variable, which may change between steps', () => {
    const run = (isCompiled: boolean): number[][] => {
      const training = start(create, isCompiled);
      for (const rate of [0.1, 0.1, 0.05, 0.02, 0.2, 0.01]) {
        training.rate.assign(tf.scalar(rate));
        training.train(1);
      }
      expect(training.graphs()).toBe(isCompiled ? 1 : 0);
      return training.weights();
    };
    expect(run(true).flat()).toBeClose(run(false).flat());
    expect(run(false)).not.toEqual(start(create, false).weights());
  });
});

describe('load', () => {
  it('changes nothing and says what is wrong with a state of something else', () => {
    const sgd = start((variables) => createSgd(variables, { momentum: 0.9 }), false);
    sgd.train(2);
    const saved = sgd.optimizer.save();
    const load = (changed: typeof saved) => () => {
      sgd.optimizer.load(changed.map((each) => ({ ...each, values: each.values.map(() => 7) })));
    };
    expect(load(saved.slice(1))).toThrow(
      new RangeError(
        'The saved state holds 1 variables and this optimizer 2: it comes from other options or another network.',
      ),
    );
    expect(load([saved[0]!, saved[0]!])).toThrow(RangeError);
    expect(load([saved[0]!, { ...saved[1]!, name: 'mean.1' }])).toThrow(
      'The saved state lacks velocity.1: it comes from another kind of optimizer.',
    );
    expect(load([{ ...saved[0]!, shape: [1, 2] }, saved[1]!])).toThrow(
      'The saved state of velocity.0 is [1,2] with 2 numbers; this optimizer needs [2].',
    );
    expect(sgd.optimizer.save()).toEqual(saved);
  });

  it('keeps no hold on the arrays, and leaves no tensor behind', () => {
    const { optimizer, train } = start((variables) => createAdam(variables), false);
    train(1);
    const saved = optimizer.save();
    const before = tf.memory().numTensors;
    optimizer.load(saved);
    saved[0]!.values.fill(9);
    expect(optimizer.save()[0]!.values).not.toContain(9);
    expect(tf.memory().numTensors).toBe(before);
  });
});
