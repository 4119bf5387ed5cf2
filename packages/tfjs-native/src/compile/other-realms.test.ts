import { runInNewContext } from 'node:vm';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from 'vitest';
import { createSgd } from '../index.js';
import { compile } from './compile.js';
import { RecordingError } from './recording-error.js';

afterEach(() => {
  tf.disposeVariables();
});

/** Another realm's values, as a test runner or an iframe has them. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- says what the code makes
const foreign = <T>(code: string): T => runInNewContext(code, { tf }) as T;

describe('values of another realm', () => {
  it('are arguments, results and constants of a compiled step', () => {
    const step = compile(
      foreign<
        (given: { readonly x: tf.Tensor; readonly factors: readonly tf.Scalar[] }) => { y: tf.Tensor[] }
      >('({ x, factors }) => ({ y: [tf.mul(tf.add(x, tf.tensor(new Float32Array([1, 2]))), factors[0])] })'),
    );
    const given = foreign<(x: tf.Tensor) => { x: tf.Tensor; factors: number[] }>(
      '(x) => ({ x, factors: [3] })',
    );
    for (let call = 0; call < 4; call++) {
      expect(step(given(tf.scalar(call)) as never).y[0]!).toBeClose([3 * (call + 1), 3 * (call + 2)]);
    }
    expect(step.graphs()).toMatchObject([{ runs: 2 }]);
  });

  it('are promises and errors', () => {
    expect(() => compile(foreign<(x: tf.Scalar) => tf.Tensor>('async (x) => tf.square(x)'))(1)).toThrow(
      /^The step is asynchronous/,
    );
    const scalarOf = compile(foreign<(rate: number) => tf.Scalar>('(rate) => tf.scalar(rate)'));
    expect(() => scalarOf(1)).toThrow(RecordingError);
    expect(() => scalarOf(1)).toThrow(/^The step makes a tensor of argument 1\./);
  });

  it('are named where they cannot be arguments, with a class or without', () => {
    const step = compile((x: unknown) => x as tf.Tensor);
    expect(() => step(foreign('new Map()'))).toThrow(/^argument 1 of the compiled step is a Map;/);
    expect(() => step(foreign('new Float32Array(2)'))).toThrow(/is a Float32Array; .* shares its memory\.$/);
    expect(() => step(foreign('Object.create(Object.create(null))'))).toThrow(/is an object;/);
  });

  it("are an optimizer's saved state", () => {
    const sgd = createSgd([tf.variable(tf.ones([2]))], { momentum: 0.9 });
    sgd.load(foreign('[{ name: "velocity.0", shape: [2], values: new Float32Array([5, 6]) }]'));
    expect(sgd.velocities[0]!).toBeClose([5, 6]);
  });
});
