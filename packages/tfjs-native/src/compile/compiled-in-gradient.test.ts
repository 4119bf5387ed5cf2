import { tensorsLeft } from '@hyperspherical/testing';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from 'vitest';
import '../index.js';
import { compile, type CompiledStep } from './compile.js';

afterEach(() => {
  tf.disposeVariables();
});

type Penalty = (x: tf.Tensor1D, factor: number) => tf.Scalar;

const x = tf.tensor1d([1, 1, 1]);

/** The sum of (w x factor)^2, as a step and compiled, after `warmUp` calls outside of gradients. */
function penalties(warmUp: number) {
  const w = tf.variable(tf.tensor1d([1, 2, 3]));
  const step = (x: tf.Tensor1D, factor: tf.Scalar): tf.Scalar =>
    tf.sum(tf.square(tf.mul(tf.mul(w, x), factor)));
  const compiled: CompiledStep<[tf.Tensor1D, tf.Scalar], tf.Scalar> = compile(step);
  for (let call = 0; call < warmUp; call++) compiled(x, 1).dispose();
  return { w, plain: step as unknown as Penalty, compiled: compiled as Penalty };
}

const gradients: Record<string, (penalty: Penalty, w: tf.Variable) => tf.Tensor> = {
  'tf.variableGrads': (penalty, w) =>
    tf.variableGrads(() => tf.add(tf.sum(w), penalty(x, 1)), [w]).grads[w.name]!,
  'tf.grad': (penalty) => tf.grad((x: tf.Tensor) => penalty(x as tf.Tensor1D, 1))(x),
  'tf.valueAndGrad': (penalty) => tf.valueAndGrad((x: tf.Tensor1D) => penalty(x, 1))(x).grad,
  'tf.valueAndGrads': (penalty) =>
    tf.valueAndGrads((x: tf.Tensor) => penalty(x as tf.Tensor1D, 1))([x]).grads[0]!,
  'tf.grads in a tf.tidy': (penalty) =>
    tf.tidy(() => tf.grads((x: tf.Tensor) => tf.tidy(() => penalty(x as tf.Tensor1D, 1)))([x])[0]!),
  'a gradient of a gradient': (penalty) =>
    tf.grad((x: tf.Tensor) => tf.sum(tf.grad((x: tf.Tensor) => penalty(x as tf.Tensor1D, 1))(x)))(x),
  'optimizer.minimize': (penalty, w) => {
    tf.dispose(tf.train.sgd(0.1).minimize(() => tf.add(tf.sum(w), penalty(x, 1)), true)!);
    return w;
  },
  'the forward pass and the gradient of a tf.customGrad': (penalty) =>
    tf.grad(
      tf.customGrad((...given: (tf.Tensor | ((tensors: tf.Tensor[]) => void))[]) => {
        const [x, save] = given as [tf.Tensor1D, (tensors: tf.Tensor[]) => void];
        save([x]);
        return {
          value: penalty(x, 1),
          gradFunc: (dy: tf.Tensor, [x]: tf.Tensor[]) => tf.mul(dy, tf.mul(x!, penalty(x as tf.Tensor1D, 1))),
        };
      }),
    )(x),
};

describe.each([
  ['cold', 0],
  ['warm', 4],
])('a compiled step that is %s', (_, warmUp) => {
  it.each(Object.entries(gradients))('has its gradient in %s', (_, gradient) => {
    const { w, plain, compiled } = penalties(warmUp);
    const scalarPenalty: Penalty = (x) => plain(x, tf.scalar(1) as unknown as number);
    const start = w.arraySync();
    const expected = gradient(scalarPenalty, w).arraySync();
    for (let call = 0; call < 4; call++) {
      w.assign(tf.tensor1d(start));
      expect(gradient(compiled, w)).toBeClose(expected);
    }
  });

  it('has its gradient in another compiled step, whose graph takes it in', () => {
    const { w, compiled } = penalties(warmUp);
    const outer = compile((x: tf.Tensor1D) => {
      const { value, grads } = tf.variableGrads(() => compiled(x, 2), [w]);
      return [value, grads[w.name]!];
    });
    for (let call = 0; call < 4; call++) {
      const [value, gradient] = outer(x);
      expect(value!).toBeClose(56);
      expect(gradient!).toBeClose([8, 16, 24]);
    }
    expect(outer.graphs()).toMatchObject([{ runs: 2 }]);
  });

  it('leaves no tensor behind in a gradient', () => {
    const { w, compiled } = penalties(warmUp);
    const left = tensorsLeft(() => tf.variableGrads(() => compiled(x, 2), [w]));
    expect(left).toBe(0);
  });
});

describe('a compiled step inside of a gradient or of another step', () => {
  it('gets its numbers as scalars, and JavaScript that computes with them the numbers', () => {
    const step = compile((x: tf.Tensor1D, rate: tf.Scalar) =>
      tf.sum<tf.Scalar>(tf.mul(x, rate.add(1 - (rate as unknown as number)))),
    );
    expect(tf.grad((x: tf.Tensor) => step(x as tf.Tensor1D, 0.25))(x)).toBeClose([1, 1, 1]);
    const outer = compile((x: tf.Tensor1D) => step(x, 0.25));
    for (let call = 0; call < 3; call++) expect(outer(x)).toBeClose(3);
  });
});
