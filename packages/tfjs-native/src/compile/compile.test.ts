import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tensorsLeft } from '@hyperspherical/testing';
import * as tf from '@tensorflow/tfjs';
import { assert, constantFrom, integer, property } from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import '../index.js';
import { smallNetwork, type SmallNetwork } from '../testing/small-network.js';
import { compile } from './compile.js';
import { backendInternals } from './engine-internals.js';

const { binding } = backendInternals();

afterEach(() => {
  vi.unstubAllEnvs();
  tf.disposeVariables();
});

/** Losses and variables of `steps` steps, from the same start. */
function trained(
  network: SmallNetwork,
  step: (images: tf.Tensor4D, labels: tf.Tensor1D, rate: tf.Scalar | number) => tf.Scalar,
  steps = 50,
): { losses: number[]; variables: number[][] } {
  const losses = Array.from({ length: steps }, (_, index) => {
    const { images, labels } = network.batch(index);
    const loss = step(images, labels, index < 30 ? 0.05 : 0.01);
    const value = loss.dataSync()[0]!;
    tf.dispose([images, labels, loss]);
    return value;
  });
  return { losses, variables: network.variables.map((variable) => Array.from(variable.dataSync())) };
}

/** The step as plain tfjs runs it: it takes its learning rate as a scalar. */
function eager(
  step: (images: tf.Tensor4D, labels: tf.Tensor1D, rate: tf.Scalar) => tf.Scalar,
): (images: tf.Tensor4D, labels: tf.Tensor1D, rate: tf.Scalar | number) => tf.Scalar {
  return (images, labels, rate) =>
    tf.tidy(() => step(images, labels, typeof rate === 'number' ? tf.scalar(rate) : rate));
}

const optimizers: Record<string, () => tf.Optimizer> = {
  'tf.train.sgd': () => tf.train.sgd(0.05),
  'tf.train.momentum': () => tf.train.momentum(0.02, 0.9),
  'tf.train.momentum with Nesterov': () => tf.train.momentum(0.02, 0.9, true),
  'tf.train.adam': () => tf.train.adam(0.01),
  'tf.train.rmsprop': () => tf.train.rmsprop(0.003),
  'tf.train.adagrad': () => tf.train.adagrad(0.05),
  'tf.train.adamax': () => tf.train.adamax(0.01),
  'tf.train.adadelta': () => tf.train.adadelta(0.5),
};

describe('a compiled step', () => {
  it('gives the losses and variables of the step itself: momentum, decay and running statistics by hand', () => {
    const plain = smallNetwork();
    const expected = trained(plain, eager(plain.momentumStep));
    const network = smallNetwork();
    const step = compile(network.momentumStep);
    const found = trained(network, step);
    expect(step.graphs()).toMatchObject([{ runs: 48 }]);
    expect(found.losses).toBeClose(expected.losses);
    found.variables.forEach((values, index) => {
      expect(values).toBeClose(expected.variables[index]!, { absolute: 1e-6 });
    });
    expect(found.losses.at(-1)).toBeLessThan(found.losses[0]! / 2);
    step.dispose();
  });

  it.each(Object.entries(optimizers))('gives the losses and variables of the step itself: %s', (_, make) => {
    const run = (isCompiled: boolean): ReturnType<typeof trained> => {
      const network = smallNetwork();
      const optimizer = make();
      const body = (images: tf.Tensor4D, labels: tf.Tensor1D): tf.Scalar =>
        optimizer.minimize(() => network.loss(images, labels), true, [...network.weights])!;
      if (!isCompiled) return trained(network, body);
      const step = compile(body);
      const result = trained(network, step);
      expect(step.graphs()).toHaveLength(1);
      return result;
    };
    const expected = run(false);
    const found = run(true);
    expect(found.losses).toBeClose(expected.losses);
    found.variables.forEach((values, index) => {
      expect(values).toBeClose(expected.variables[index]!, { absolute: 1e-5 });
    });
  });

  it('takes its first two calls as they are, and from the third on a graph', () => {
    const network = smallNetwork();
    let calls = 0;
    const step = compile((images: tf.Tensor4D, labels: tf.Tensor1D) => {
      calls += 1;
      return network.loss(images, labels);
    });
    for (let call = 0; call < 5; call++) {
      const { images, labels } = network.batch(call);
      step(images, labels);
    }
    expect(calls).toBe(2);
    expect(step.graphs()).toEqual([
      {
        arguments: 'float32[6,5,5,2] int32[6]',
        nodes: expect.any(Number) as number,
        variables: 7,
        updates: 2,
        runs: 3,
        firstRunMilliseconds: expect.any(Number) as number,
      },
    ]);
  });

  it('computes nothing while it records: also its first calls are runs of a graph', () => {
    const backend = backendInternals();
    const heard: string[] = [];
    const executeOp: typeof binding.executeOp = (operation, ...rest) => {
      heard.push(operation);
      return binding.executeOp(operation, ...rest);
    };
    const network = smallNetwork();
    const step = compile(network.momentumStep);
    const batches = [1, 2, 3].map((seed) => network.batch(seed));
    backend.binding = Object.create(binding, { executeOp: { value: executeOp } }) as typeof binding;
    try {
      for (const { images, labels } of batches) step(images, labels, 0.05);
    } finally {
      backend.binding = binding;
    }
    // Each recording gives the step tensors of its own for the images and the labels.
    expect(heard).toEqual(['Identity', 'Identity', 'Identity', 'Identity']);
    expect(step.graphs()).toMatchObject([{ runs: 1 }]);
  });

  it('may use operations whose shapes depend on values: from there on its first calls run as they are', () => {
    const step = compile((x: tf.Tensor1D) => {
      const { values } = tf.unique(tf.add(x, 1));
      return tf.sum(tf.square(values));
    });
    for (const [values, expected] of [
      [[1, 1, 2], 13],
      [[1, 2, 1], 13],
      [[3, 3, 3], 16],
      [[0, 1, 2], 14],
    ] as const) {
      expect(step(tf.tensor1d([...values]))).toBeClose(expected);
    }
    expect(step.graphs()).toMatchObject([{ runs: 2 }]);
  });

  it('records another batch size once more, and keeps both', () => {
    const plain = smallNetwork();
    const network = smallNetwork();
    const step = compile(network.momentumStep);
    for (let call = 0; call < 9; call++) {
      const { images, labels } = network.batch(call, call % 3 === 2 ? 3 : 6);
      const expected = eager(plain.momentumStep)(images, labels, 0.05);
      expect(step(images, labels, 0.05)).toBeClose(expected.arraySync());
    }
    expect(step.graphs().map(({ runs }) => runs)).toEqual([4, 1]);
  });

  it('gives a step and its gradient for any sizes and learning rates', () => {
    const size = integer({ min: 1, max: 6 });
    assert(
      property(size, size, size, constantFrom(0, 0.5, -1e-3, 7), (batch, inputs, outputs, rate) => {
        const start = tf.randomNormal<tf.Rank.R2>([inputs, outputs], 0, 1, 'float32', batch + outputs);
        const x = tf.randomNormal<tf.Rank.R2>([batch, inputs], 0, 1, 'float32', inputs);
        const weights = tf.variable(start);
        const step = compile((x: tf.Tensor2D, rate: tf.Scalar) => {
          const { value, grads } = tf.variableGrads(
            () => tf.sum(tf.square(tf.matMul(x, weights))),
            [weights],
          );
          weights.assign(tf.tidy(() => tf.sub(weights, tf.mul(grads[weights.name]!, rate))));
          tf.dispose(grads);
          return value;
        });
        tf.dispose([step(x, 0.1), step(x, 0.1)]);
        weights.assign(start);
        const loss = step(x, rate);
        expect(step.graphs()).toMatchObject([{ runs: 1 }]);
        // In float64: y = x w, loss = sum y^2, gradient = 2 x^T y.
        const [xs, ws] = [x.arraySync(), start.arraySync()];
        const y = xs.map((row) => ws[0]!.map((_, k) => row.reduce((sum, v, j) => sum + v * ws[j]![k]!, 0)));
        expect(loss).toBeClose(y.flat().reduce((sum, v) => sum + v * v, 0));
        expect(weights).toBeClose(
          ws.map((row, j) =>
            row.map((w, k) => w - rate * 2 * y.reduce((sum, yRow, i) => sum + xs[i]![j]! * yRow[k]!, 0)),
          ),
          { absolute: 1e-4 },
        );
        step.dispose();
      }),
      { numRuns: 15, seed: 1 },
    );
  });

  it('takes numbers, records of tensors and booleans as arguments', () => {
    const step = compile(
      ({ x, y }: { x: tf.Tensor1D; y: tf.Tensor1D }, factors: readonly tf.Scalar[], isSum: boolean) => ({
        value: tf.tidy(() => (isSum ? tf.add(x, y) : tf.sub(x, y)).mul(factors[0]!).mul(factors[1]!)),
        nothing: undefined,
      }),
    );
    const x = tf.tensor1d([1, 2]);
    const y = tf.tensor1d([10, 20]);
    for (let call = 0; call < 4; call++) {
      expect(step({ x, y }, [tf.scalar(2), tf.scalar(call)], true).value).toBeClose([22 * call, 44 * call]);
      expect(step({ x, y }, [tf.scalar(2), tf.scalar(call)], false).value).toBeClose([
        -18 * call,
        -36 * call,
      ]);
    }
    expect(step({ x, y }, [tf.scalar(1), tf.scalar(1)], true).nothing).toBeUndefined();
    expect(step.graphs()).toHaveLength(2);
  });

  it('sees what others assign, and others see what it assigns', () => {
    const total = tf.variable(tf.scalar(0));
    const step = compile((x: tf.Scalar) => {
      total.assign(tf.tidy(() => tf.add(total, x)));
      return total.clone();
    });
    for (const expected of [1, 2, 3, 4]) expect(step(1)).toBeClose(expected);
    total.assign(tf.scalar(100));
    expect(step(5)).toBeClose(105);
    expect(total).toBeClose(105);
    const snapshot = total.clone();
    expect(step(1)).toBeClose(106);
    expect(snapshot).toBeClose(105);
    expect(total).toBeClose(106);
  });

  it('lets two variables exchange their values, and share one', () => {
    const a = tf.variable(tf.tensor1d([1]));
    const b = tf.variable(tf.tensor1d([2]));
    const step = compile((x: tf.Scalar) => {
      const keptA = a.clone();
      a.assign(b);
      b.assign(keptA);
      keptA.dispose();
      return tf.mul(a, x);
    });
    for (let call = 1; call <= 6; call++) {
      expect(step(10)).toBeClose([call % 2 === 1 ? 20 : 10]);
      expect([a.arraySync(), b.arraySync()]).toEqual(call % 2 === 1 ? [[2], [1]] : [[1], [2]]);
    }
    a.assign(b);
    expect(step(10)).toBeClose([20]);
    expect([a.arraySync(), b.arraySync()]).toEqual([[2], [2]]);
  });

  it('works with evaluation, saving and eager steps in between', () => {
    const plain = smallNetwork();
    const network = smallNetwork();
    const step = compile(network.momentumStep);
    const plainStep = eager(network.momentumStep);
    for (let call = 0; call < 10; call++) {
      const { images, labels } = network.batch(call);
      const expected = eager(plain.momentumStep)(images, labels, 0.05);
      expect((call % 4 === 3 ? plainStep : step)(images, labels, 0.05)).toBeClose(expected.arraySync());
      const score = network.evaluate(images).arraySync();
      expect(score).toBeClose(plain.evaluate(images).arraySync(), { absolute: 1e-5 });
      // Save, spoil, restore.
      const saved = network.variables.map((variable) => variable.arraySync());
      for (const variable of network.variables) variable.assign(tf.zerosLike(variable));
      network.variables.forEach((variable, index) => {
        variable.assign(tf.tensor(saved[index]!, variable.shape));
      });
    }
  });

  it('returns tensors of its own where the step passes arguments or variables on', () => {
    const kept = tf.variable(tf.scalar(3));
    const outside = tf.scalar(7);
    const step = compile((x: tf.Scalar) => [x, kept, outside, tf.scalar(9), tf.add(x, 1)]);
    for (let call = 0; call < 4; call++) {
      const result = step(call);
      expect(result.map((tensor) => tensor.arraySync())).toEqual([call, 3, 7, 9, call + 1]);
      tf.dispose(result);
    }
    expect(kept.isDisposed || outside.isDisposed).toBe(false);
  });

  it('tidies after the step, inside another tidy too', () => {
    const step = compile((x: tf.Tensor1D) => tf.sum(tf.square(x)));
    const x = tf.tensor1d([3, 1]);
    for (let call = 0; call < 4; call++) {
      expect(tensorsLeft(() => step(x))).toBe(0);
      expect(tf.tidy(() => tf.mul(step(x), 2))).toBeClose(20);
    }
  });

  it('disposes arguments where the step does', () => {
    const step = compile((x: tf.Tensor1D) => {
      const sum = x.sum();
      x.dispose();
      return sum;
    });
    for (let call = 0; call < 4; call++) {
      const x = tf.tensor1d([call, 1]);
      expect(step(x)).toBeClose(call + 1);
      expect(x.isDisposed).toBe(true);
    }
  });

  it('may call another compiled step', () => {
    const inner = compile((x: tf.Scalar) => tf.square(x));
    const outer = compile((x: tf.Scalar) => tf.tidy(() => tf.add(inner(x), 1)));
    for (const x of [1, 2, 3, 4]) expect(outer(x)).toBeClose(x * x + 1);
    expect(outer.graphs()).toHaveLength(1);
    expect(inner.graphs()).toHaveLength(0);
  });

  it('may gather, though tfjs looks at the indices', () => {
    const table = tf.variable(tf.tensor2d([[1], [2], [3]]));
    const step = compile((indices: tf.Tensor1D) => tf.gather(table, indices));
    for (const indices of [[0], [1], [2], [0]]) {
      expect(step(tf.tensor1d(indices, 'int32'))).toBeClose([[indices[0]! + 1]]);
    }
  });

  it('runs fused batch normalisation, whose running statistics are results of an operation', () => {
    const train = (isCompiled: boolean): number[] => {
      const scale = tf.variable(tf.ones([2]));
      const offset = tf.variable(tf.zeros([2]));
      const mean = tf.variable(tf.zeros([2]), false);
      const variance = tf.variable(tf.ones([2]), false);
      const attributes = { epsilon: 1e-5, exponentialAverageFactor: 0.1 };
      const body = (x: tf.Tensor4D): tf.Scalar => {
        const { value, grads } = tf.variableGrads(
          () =>
            tf.tidy(() => {
              const [y, newMean, newVariance] = tf
                .engine()
                .runKernel<[tf.Tensor, tf.Tensor, tf.Tensor]>(
                  'FusedBatchNormV3',
                  { x, scale, offset, mean, variance },
                  attributes,
                );
              mean.assign(newMean);
              variance.assign(newVariance);
              return tf.sum<tf.Scalar>(tf.square(tf.sub(tf.relu(y), 0.3)));
            }),
          [scale, offset],
        );
        for (const weight of [scale, offset]) {
          weight.assign(tf.tidy(() => tf.sub(weight, tf.mul(grads[weight.name]!, 0.01))));
        }
        tf.dispose(grads);
        return value;
      };
      const step = compile(body);
      const losses = Array.from({ length: 10 }, (_, call) => {
        const x = tf.randomNormal<tf.Rank.R4>([4, 3, 3, 2], call, 2, 'float32', call + 1);
        return (isCompiled ? step : body)(x).dataSync()[0]!;
      });
      expect(step.graphs()).toHaveLength(isCompiled ? 1 : 0);
      return [...losses, ...[scale, offset, mean, variance].flatMap((v) => Array.from(v.dataSync()))];
    };
    expect(train(true)).toBeClose(train(false));
  });

  it('leaves no tensor, no session and no file behind', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tfjs-native-compile-'));
    vi.stubEnv('TMPDIR', folder);
    const network = smallNetwork();
    const step = compile(network.momentumStep);
    const { images, labels } = network.batch(0);
    network.evaluate(images).dispose();
    for (let call = 0; call < 3; call++) {
      const tensors = binding.getNumOfTensors();
      expect(tensorsLeft(() => step(images, labels, 0.05))).toBe(0);
      expect(binding.getNumOfTensors()).toBe(tensors);
    }
    const graphs = binding.getNumOfGraphs();
    const tensors = binding.getNumOfTensors();
    for (let call = 0; call < 20; call++) tf.dispose(step(images, labels, 0.05));
    expect(binding.getNumOfTensors()).toBe(tensors);
    step.dispose();
    step.dispose();
    expect(binding.getNumOfGraphs()).toBe(graphs - 1);
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
    expect(() => step(images, labels, 0.05)).toThrow(
      'This compiled step was disposed; compile the step again.',
    );
  });
});

describe('the learning rate', () => {
  it.each(['sgd', 'momentum', 'adam'] as const)(
    'of tf.train.%s may change where the optimizer is named',
    (kind) => {
      const run = (isCompiled: boolean): number[] => {
        const weights = tf.variable(tf.tensor1d([1, -2]));
        const optimizer = kind === 'momentum' ? tf.train.momentum(0.1, 0.5) : tf.train[kind](0.1);
        const body = (target: tf.Tensor1D): tf.Scalar =>
          optimizer.minimize(() => tf.sum(tf.squaredDifference(weights, target)), true, [weights])!;
        const compiled = compile(body, { optimizers: [optimizer] });
        const step = isCompiled ? compiled : body;
        for (let call = 0; call < 12; call++) {
          const rate = call < 6 ? 0.1 : 0.02;
          if ('setLearningRate' in optimizer) optimizer.setLearningRate(rate);
          else (optimizer as tf.AdamOptimizer & { learningRate: number }).learningRate = rate;
          step(tf.tensor1d([0.5, call]));
        }
        // sgd and momentum keep their graph, adam gets another one; two of them create state in the first call.
        const runs = { sgd: 10, momentum: 9, adam: 4 }[kind];
        expect(compiled.graphs()).toMatchObject(isCompiled ? [{ runs }] : []);
        return Array.from(weights.dataSync());
      };
      expect(run(true)).toBeClose(run(false));
    },
  );

  it('of an optimizer that is not named costs a new recording with sgd', () => {
    const weights = tf.variable(tf.scalar(1));
    const optimizer = tf.train.sgd(0.1);
    const step = compile((x: tf.Scalar) =>
      optimizer.minimize(() => tf.mul<tf.Scalar>(weights, x), true, [weights])!,
    );
    for (let call = 0; call < 4; call++) step(1);
    optimizer.setLearningRate(0.01);
    for (let call = 0; call < 3; call++) step(1);
    expect(step.graphs()).toMatchObject([{ runs: 1 }]);
    expect(weights).toBeClose(1 - 0.4 - 0.03);
  });
});
