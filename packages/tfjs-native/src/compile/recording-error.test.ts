import { tensorsLeft } from '@hyperspherical/testing';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from 'vitest';
import { nativeBackend } from '../index.js';
import { compile } from './compile.js';
import { RecordingError } from './recording-error.js';

// The plain backend advises to install tfjs-node unless this is set.
tf.env().set('PROD', true);

afterEach(async () => {
  tf.disposeVariables();
  await tf.setBackend('tensorflow');
});

/** The error of the first call that throws, of at most five. */
function failure(step: (...values: never[]) => unknown, ...values: unknown[]): RecordingError {
  const compiled = compile(step);
  for (let call = 0; call < 5; call++) {
    try {
      compiled(...(values as never[]));
    } catch (error) {
      expect(error).toBeInstanceOf(RecordingError);
      expect(() => compiled(...(values as never[]))).toThrow(error);
      return error as RecordingError;
    }
  }
  throw new Error('no call has thrown');
}

const thisFile = /compile\/recording-error\.test\.ts:\d+:\d+/;

describe('a step that cannot run as a graph', () => {
  it('because it reads the host in the middle: the error names the operation and the line', () => {
    const error = failure(
      (x: tf.Tensor1D) => {
        const largest = tf.max(x);
        return tf.mul(x, largest.dataSync()[0]!);
      },
      tf.tensor1d([1, 2]),
    );
    expect(error.message).toMatch(
      /^The step reads the result of Max on the host \(dataSync, arraySync, data, print\): return the tensor, and read it outside of the step\. \(at .*\)$/,
    );
    expect(error.operation).toBe('Max');
    expect(error.place).toMatch(thisFile);
    expect(error.stack).toContain('recording-error.test.ts');
  });

  it('because it reads an argument or a variable', () => {
    const counter = tf.variable(tf.scalar(1), false, 'counter');
    expect(failure(() => tf.scalar(counter.dataSync()[0]!)).message).toContain('reads the variable counter');
    expect(failure((x: tf.Scalar) => tf.mul(x, x.arraySync()), tf.scalar(1)).message).toContain(
      'reads argument 1 on the host',
    );
  });

  it('because it computes with a number in JavaScript', () => {
    const error = failure((x: tf.Tensor1D, rate: number) => tf.mul(x, 1 - rate), tf.tensor1d([1]), 0.1);
    expect(error.message).toMatch(/^The step computes with argument 2 in JavaScript\./);
    expect(error.place).toMatch(thisFile);
    expect(failure((rate: number) => tf.scalar(rate), 0.1).message).toMatch(
      /^The step makes a tensor of argument 1/,
    );
  });

  it('because JavaScript draws random numbers', () => {
    const error = failure((x: tf.Tensor1D) => tf.add(x, tf.randomUniform([2])), tf.tensor1d([1, 2]));
    expect(error.message).toContain(
      'The step does not do the same in every call: Add gets numbers made in JavaScript, a tensor of shape [2],',
    );
    expect(error.operation).toBe('Add');
    expect(error.place).toMatch(thisFile);
    expect(failure((x: tf.Tensor1D) => tf.dropout(x, 0.5), tf.ones([20])).message).toContain(
      'tf.dropout without a seed',
    );
  });

  it('because TensorFlow draws random numbers that no seed controls', () => {
    const error = failure((x: tf.Tensor1D) => tf.multinomial(x, 2), tf.tensor1d([0.5, 0.5]));
    expect(error.operation).toBe('Multinomial');
    expect(error.place).toMatch(thisFile);
  });

  it('because JavaScript decides otherwise from call to call', () => {
    let calls = 0;
    const byOperation = failure((x: tf.Scalar) => (calls++ % 2 === 0 ? tf.sin(x) : tf.cos(x)), 1);
    expect(byOperation.message).toMatch(/where it called (Sin|Cos), it now calls (Sin|Cos)\./);
    const byAttribute = failure((x: tf.Tensor2D) => tf.matMul(x, x, calls++ % 2 === 0), tf.ones([2, 2]));
    expect(byAttribute.message).toContain('has other inputs or attributes than in the call before');
    const byResult = failure((x: tf.Scalar) => {
      const y = tf.sin(x);
      const z = tf.cos(x);
      if (calls++ % 2 === 0) y.dispose();
      else z.dispose();
      return y.isDisposed ? z : y;
    }, 1);
    expect(byResult.message).toContain('it returns other things');
  });

  it('because it uses another tensor from outside each time', () => {
    const batches = [1, 2, 3, 4].map((value) => tf.scalar(value));
    let calls = 0;
    const error = failure((x: tf.Scalar) => tf.add(x, batches[calls++]!), 1);
    expect(error.message).toMatch(
      /^The step .*: Add uses another tensor from outside of the step than in the call before/,
    );
    expect(error.operation).toBe('Add');
  });

  it('because it keeps state in plain tensors', () => {
    let state: tf.Tensor = tf.keep(tf.scalar(0));
    const disposing = failure((x: tf.Scalar) => {
      const old = state;
      state = tf.keep(tf.add(old, x));
      old.dispose();
      return tf.square(x);
    }, 1);
    expect(disposing.message).toMatch(
      /^The step disposes a tensor that it did not make: state .* tf\.variable\./,
    );
    const leaking = failure((x: tf.Scalar) => tf.square(tf.keep(tf.sin(x))), 1);
    expect(leaking.message).toMatch(
      /^The step keeps a result of Sin \(tf\.keep\) that it neither returns nor/,
    );
    let last: tf.Tensor = tf.scalar(0);
    const forgetting = failure((x: tf.Scalar) => {
      last = tf.add(last, x);
      return tf.square(last);
    }, 1);
    expect(forgetting.message).toMatch(/^The step uses a tensor that was disposed: state that goes from/);
    expect(forgetting.place).toMatch(thisFile);
    expect(leaking.place).toMatch(thisFile);
  });

  it('because it creates variables in every call', () => {
    const error = failure((x: tf.Scalar) => tf.variable(x).clone(), 1);
    expect(error.message).toMatch(
      /^The step creates variables in every call, such as .*: create them before\. \(at .*\)$/,
    );
    expect(error.place).toMatch(thisFile);
    expect(Object.hasOwn(tf.engine(), 'makeVariable')).toBe(false);
  });

  it('because it is asynchronous, or returns no tensor', () => {
    expect(failure(async (x: tf.Scalar) => Promise.resolve(tf.square(x)), 1).message).toMatch(
      /^The step is asynchronous/,
    );
    expect(failure(() => undefined).message).toBe(
      'The step returns no tensor: return at least a scalar, such as the loss.',
    );
    expect(failure((x: tf.Scalar) => ({ x, accuracy: 0.5 }), 1).message).toMatch(
      /^The step returns a number \(result\.accuracy\), which a graph cannot give anew/,
    );
    expect(
      failure((x: tf.Scalar) => {
        const y = tf.square(x);
        y.dispose();
        return y;
      }, 1).message,
    ).toBe('The step returns a tensor that it has disposed (result).');
  });

  it('because it runs operations without results, or strings', () => {
    const { binding } = nativeBackend();
    const error = failure((x: tf.Scalar) => {
      nativeBackend().executeMultipleOutputs('NoOp', [], [], 0);
      return tf.square(x);
    }, 1);
    expect(error.message).toMatch(/^The operation NoOp has no output/);
    expect(error.place).toMatch(thisFile);
    expect(
      failure((x: tf.Scalar) => {
        tf.string.staticRegexReplace(tf.tensor1d(['a']), 'a', 'b').dispose();
        return tf.square(x);
      }, 1).operation,
    ).toBe('StaticRegexReplace');
    expect(tf.add(1, 2)).toBeClose(3);
    expect(nativeBackend().binding).toBe(binding);
  });
});

describe('a call of a compiled step', () => {
  it('that fails leaves nothing behind', () => {
    const step = compile((x: tf.Tensor1D) => {
      const y = tf.square(x);
      y.dataSync();
      return y;
    });
    const x = tf.tensor1d([1]);
    expect(
      tensorsLeft(() => {
        expect(() => step(x)).toThrow(RecordingError);
        return [];
      }),
    ).toBe(0);
  });

  it('passes on what the step throws, and goes on working', () => {
    let isBroken = true;
    const step = compile((x: tf.Tensor1D) => {
      if (isBroken) throw new RangeError('no such luck');
      return tf.square(x);
    });
    const x = tf.tensor1d([3]);
    expect(() => step(x)).toThrow(new RangeError('no such luck'));
    isBroken = false;
    for (let call = 0; call < 4; call++) expect(step(x)).toBeClose([9]);
    expect(step.graphs()).toMatchObject([{ runs: 2 }]);
  });

  it('keeps what the step did until it threw', () => {
    const total = tf.variable(tf.scalar(1));
    const step = compile((x: tf.Scalar) => {
      total.assign(tf.tidy(() => tf.add(total, x)));
      if (step.graphs().length === 0) throw new RangeError('after the assignment');
      return total.clone();
    });
    expect(() => step(2)).toThrow(new RangeError('after the assignment'));
    expect(total).toBeClose(3);
  });

  it('names the operation and the line where TensorFlow fails, and leaves the variables as they were', () => {
    const table = tf.variable(tf.tensor2d([[1], [2]]));
    const other = tf.variable(tf.scalar(5));
    const one = tf.scalar(1, 'int32');
    const step = compile((indices: tf.Tensor1D) => {
      const row = tf.gather(table, tf.add<tf.Tensor1D>(indices, one));
      table.assign(tf.tidy(() => tf.add(table, 1)));
      other.assign(tf.tidy(() => tf.add(other, 1)));
      return row;
    });
    const outside = tf.tensor1d([7], 'int32');
    const inside = tf.tensor1d([0], 'int32');
    step(inside).dispose();
    const before = nativeBackend().getNumOfTFTensors();
    // The second call is recorded still, the fourth is not.
    for (const isRecorded of [true, false]) {
      expect(() => step(outside)).toThrow(
        /indices\[0\] = 8 is not in \[0, 2\).*\(at .*recording-error\.test\.ts:\d+:\d+\)$/s,
      );
      expect([table.arraySync(), other.arraySync()]).toEqual(isRecorded ? [[[2], [3]], 6] : [[[3], [4]], 7]);
      expect(step.graphs()).toHaveLength(isRecorded ? 0 : 1);
      step(inside).dispose();
    }
    expect(nativeBackend().getNumOfTFTensors()).toBe(before + 1);
  });

  it('names an operation that the backend lacks, and the line', () => {
    const step = compile((x: tf.Tensor4D) => tf.image.rotateWithOffset(x, 0.1));
    const images = tf.ones<tf.Rank.R4>([1, 2, 2, 1]);
    let error: unknown;
    try {
      step(images);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(RecordingError);
    expect((error as RecordingError).message).toMatch(
      /^The step uses RotateWithOffset, which the backend tensorflow has no kernel for: .* \(at .*\)$/,
    );
    expect((error as RecordingError).operation).toBe('RotateWithOffset');
    expect((error as RecordingError).place).toMatch(thisFile);
  });

  it('refuses variables that were disposed, and makes a new recording for a tensor that was', () => {
    const weight = tf.variable(tf.scalar(2), true, 'weight');
    let factor = tf.scalar(3);
    const step = compile((x: tf.Scalar) => tf.tidy(() => tf.mul(tf.mul(x, weight), factor)));
    for (let call = 0; call < 3; call++) expect(step(call)).toBeClose(6 * call);
    factor.dispose();
    factor = tf.scalar(10);
    for (let call = 0; call < 3; call++) expect(step(call)).toBeClose(20 * call);
    weight.dispose();
    expect(() => step(1)).toThrow(/^The step uses the variable weight, which was disposed\. \(at .*\)$/);
    expect(() => compile((x: tf.Scalar) => tf.mul(x, weight))(1)).toThrow(
      /^The step uses the variable weight, which was disposed\. \(at .*\)$/,
    );
  });

  it('refuses arguments that are no feeds', () => {
    const step = compile((x: unknown) => x as tf.Tensor);
    expect(() => step(new Float32Array(2))).toThrow(
      'argument 1 of the compiled step is a Float32Array; it can be a tensor, a number, a string, a boolean, or an ' +
        'array or plain object of these. tf.tensor(values, shape) makes it a tensor that shares its memory.',
    );
    expect(() => step({ a: [() => 1] })).toThrow(/^argument 1\.a\[0\] of the compiled step is a function/);
    expect(() => step(tf.tensor(['a']))).toThrow(
      'argument 1 of the compiled step is a string tensor; it can be',
    );
    const gone = tf.scalar(1);
    gone.dispose();
    expect(() => step(gone)).toThrow('argument 1 of the compiled step is a tensor that was disposed.');
  });

  it('refuses another backend', async () => {
    await tf.setBackend('cpu');
    const step = compile((x: tf.Scalar) => tf.square(x));
    expect(() => step(tf.scalar(1))).toThrow(
      "compile works on the backend tensorflow, and the current one is cpu: call tf.setBackend('tensorflow').",
    );
  });

  it('fails where TensorFlow fails in the graph, and leaves the variables as they were', () => {
    const table = tf.variable(tf.tensor2d([[1], [2]]));
    const step = compile((indices: tf.Tensor1D) => {
      const row = tf.gather(table, indices);
      table.assign(tf.tidy(() => tf.add(table, 1)));
      return row;
    });
    const indices = tf.tensor1d([1], 'int32');
    for (let call = 0; call < 3; call++) step(indices);
    expect(() => step(tf.tensor1d([2], 'int32'))).toThrow(/indices\[0\] = 2 is not in \[0, 2\)/);
    expect(table).toBeClose([[4], [5]]);
    expect(step(indices)).toBeClose([[5]]);
  });
});

describe('compile', () => {
  it('refuses what is no function, and an unknown fallback', () => {
    expect(() => compile(3 as never)).toThrow('step is a number; it must be a function.');
    expect(() => compile(() => tf.scalar(1), { fallback: 'lazy' as never })).toThrow(
      'fallback is "lazy"; it can be \'eager\' or left out.',
    );
  });
});

describe("the fallback 'eager'", () => {
  it('runs the step as it is, each call once, and tells why once', async () => {
    const reasons: RecordingError[] = [];
    const total = tf.variable(tf.scalar(0));
    const step = compile(
      (x: tf.Tensor1D, rate: number | tf.Scalar) => {
        total.assign(tf.tidy(() => tf.add(total, 1)));
        return tf.tidy(() => tf.mul(x, tf.mul(rate, x.dataSync()[0]!)));
      },
      { fallback: 'eager', onFallback: (reason) => reasons.push(reason) },
    );
    for (let call = 1; call < 6; call++) {
      expect(step(tf.tensor1d([call, 1]), 2)).toBeClose([2 * call * call, 2 * call]);
      expect(total).toBeClose(call);
    }
    expect(reasons).toHaveLength(1);
    expect(reasons[0]!.place).toMatch(thisFile);
    expect(step.graphs()).toEqual([]);
    await tf.setBackend('cpu');
    expect(step(tf.tensor1d([2, 1]), 2)).toBeClose([8, 4]);
    expect(reasons).toHaveLength(2);
  });
});
