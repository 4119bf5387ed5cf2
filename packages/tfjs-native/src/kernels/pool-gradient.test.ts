import { tensorsLeft } from '@hyperspherical/testing';
import * as tf from '@tensorflow/tfjs';
import { assert, boolean, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, nativeBackend } from '../index.js';
import { onHost, onPlainBackend } from '../testing/on-plain-backend.js';

type Pool = (x: tf.Tensor4D, size: number, strides: number, pad: 'same' | 'valid') => tf.Tensor;

/** Each output counts differently, so that a gradient at a wrong place is seen. */
const gradientOf = (
  pool: Pool,
  x: tf.Tensor4D,
  size: number,
  strides: number,
  pad: 'same' | 'valid',
): tf.Tensor =>
  tf.tidy(() =>
    tf.grad((images: tf.Tensor) => {
      const y = pool(images as tf.Tensor4D, size, strides, pad);
      const weights = Float32Array.from({ length: y.size }, (_, index) => Math.sin(1 + index));
      return tf.sum(tf.mul(y, tf.tensor(weights, y.shape)));
    })(x),
  );

/** Names of the operations that TensorFlow is asked for. */
function operationsOf(run: () => tf.Tensor): string[] {
  const backend = nativeBackend() as { binding: ReturnType<typeof nativeBackend>['binding'] };
  const { binding } = backend;
  const names: string[] = [];
  const executeOp: typeof binding.executeOp = (name, ...rest) => {
    names.push(name);
    return binding.executeOp(name, ...rest);
  };
  backend.binding = Object.create(binding, { executeOp: { value: executeOp } }) as typeof binding;
  try {
    run().dispose();
  } finally {
    backend.binding = binding;
  }
  return names;
}

describe.each([
  ['maxPool', tf.maxPool],
  ['avgPool', tf.avgPool],
] as const)('the gradient of %s', (name, pool) => {
  it('is that of plain tfjs, for any window, stride and padding', async () => {
    // The backend in JavaScript forgets in avgPool's gradient that a window at the border holds fewer pixels; see below.
    const pads = name === 'maxPool' ? (['same', 'valid'] as const) : (['valid'] as const);
    const windows = ['2 2', '3 2', '3 1', '2 3', '1 2', '1 1'].map((text) => text.split(' ').map(Number));
    const cases = pads.flatMap((pad) => windows.map(([size, strides]) => [size!, strides!, pad] as const));
    // No two pixels are equal: the backend in JavaScript gives the gradient to another one of those.
    const numbers = Float32Array.from({ length: 2 * 7 * 6 * 3 }, (_, index) => Math.sin(index ** 2));
    const gradients = () =>
      onHost(cases.map((each) => gradientOf(pool, tf.tensor4d(numbers, [2, 7, 6, 3]), ...each)));
    const expected = await onPlainBackend(gradients);
    gradients().forEach(({ shape, dtype, values }, index) => {
      expect([shape, dtype]).toEqual([expected[index]!.shape, 'float32']);
      expect(values).toBeClose(expected[index]!.values);
    });
  });

  it('is a native operation', () => {
    const operations = operationsOf(() => gradientOf(pool, tf.ones([1, 4, 4, 1]), 2, 2, 'valid'));
    expect(operations).toContain(name === 'maxPool' ? 'MaxPoolGradWithArgmax' : 'AvgPoolGrad');
  });

  it('leaves no tensor behind, in tfjs or in TensorFlow', () => {
    const x = tf.ones<tf.Rank.R4>([1, 4, 4, 1]);
    gradientOf(pool, x, 2, 2, 'valid').dispose();
    const native = nativeBackend().getNumOfTFTensors();
    expect(tensorsLeft(() => gradientOf(pool, x, 3, 2, 'same'))).toBe(0);
    expect(nativeBackend().getNumOfTFTensors()).toBe(native);
  });
});

describe('the gradient of avgPool', () => {
  it('is, for a linear function, what each pixel alone gives', async () => {
    for (const [size, strides] of [
      [2, 2],
      [3, 2],
      [2, 1],
    ] as const) {
      const shares = await onPlainBackend(() => {
        const pixels = tf.reshape<tf.Rank.R4>(tf.eye(20), [20, 5, 4, 1]);
        const pooled = tf.reshape<tf.Rank.R2>(tf.avgPool(pixels, size, strides, 'same'), [20, -1]);
        return pooled
          .arraySync()
          .map((row) => row.reduce((sum, value, index) => sum + value * Math.sin(1 + index), 0));
      });
      const gradient = gradientOf(tf.avgPool, tf.ones([1, 5, 4, 1]), size, strides, 'same');
      expect(gradient.dataSync()).toBeClose(shares);
    }
  });
});

describe('the gradient of maxPool', () => {
  it('goes to the first of equal pixels', () => {
    const x = tf.tensor4d([7, 7, 1, 7], [1, 2, 2, 1]);
    const gradient = tf.grad((images: tf.Tensor) => tf.sum(tf.maxPool(images as tf.Tensor4D, 2, 2, 'valid')))(
      x,
    );
    expect(gradient).toBeClose([
      [
        [[1], [0]],
        [[0], [0]],
      ],
    ]);
  });

  it('is that of MaxPoolGrad in every bit, with many equal pixels too', () => {
    const { binding } = nativeBackend();
    const side = integer({ min: 3, max: 9 });
    assert(
      property(
        ...([side, side, integer({ min: 1, max: 3 }), integer({ min: 1, max: 3 })] as const),
        ...([constantFrom('same', 'valid'), boolean(), integer({ min: 0, max: 1e6 })] as const),
        (height, width, size, strides, pad, isRounded, seed) => {
          tf.tidy(() => {
            const noise = tf.randomNormal<tf.Rank.R4>([2, height, width, 3], 0, 1, 'float32', seed);
            const x = isRounded ? tf.round(noise) : noise;
            const y = tf.maxPool(x, size, strides, pad);
            const dy = tf.randomNormal(y.shape, 0, 1, 'float32', seed + 1);
            const integers = (name: string, value: number[]) => ({ name, type: binding.TF_ATTR_INT, value });
            const text = (name: string, value: string) => ({ name, type: binding.TF_ATTR_STRING, value });
            const expected = nativeBackend().executeSingleOutput(
              'MaxPoolGrad',
              [
                { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
                integers('ksize', [1, size, size, 1]),
                integers('strides', [1, strides, strides, 1]),
                text('padding', pad.toUpperCase()),
                text('data_format', 'NHWC'),
              ],
              [x, y, dy],
            );
            const pool = (images: tf.Tensor4D): tf.Tensor4D => tf.maxPool(images, size, strides, pad);
            const found = tf.grad((images: tf.Tensor) => tf.sum(tf.mul(pool(images as tf.Tensor4D), dy)))(x);
            expect(found.dataSync()).toEqual(expected.dataSync());
          });
        },
      ),
      { numRuns: 50, seed: 1 },
    );
  });

  it('is the same in a compiled step, which has MaxPoolGrad', () => {
    const x = tf.randomNormal<tf.Rank.R4>([2, 9, 8, 3], 0, 1, 'float32', 1);
    const body = (images: tf.Tensor4D): tf.Tensor => gradientOf(tf.maxPool, images, 3, 2, 'same');
    const step = compile(body);
    const expected = body(x).arraySync();
    for (let call = 0; call < 4; call++) expect(step(x)).toBeClose(expected);
    expect(step.graphs()).toMatchObject([{ runs: 2 }]);
    step.dispose();
  });

  it('goes on refusing explicit paddings', () => {
    const x = tf.ones<tf.Rank.R4>([1, 4, 4, 1]);
    expect(() =>
      tf.grad((images: tf.Tensor) => tf.sum(tf.maxPool(images as tf.Tensor4D, 3, 2, 1)))(x),
    ).toThrow("TF Backend supports only 'valid' and 'same' padding");
  });
});
