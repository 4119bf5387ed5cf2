import { tensorsLeft } from '@hyperspherical/testing';
import * as tf from '@tensorflow/tfjs';
import { assert, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../index.js';
import { onHost, onPlainBackend } from '../testing/on-plain-backend.js';

const special = [-Infinity, -1e30, -1, -2e-38, -0, 0, 2e-38, 0.5, 1, 1e30, Infinity, NaN];

describe('step', () => {
  it('is 1 above 0, alpha at 0 and below, and NaN of NaN', () => {
    for (const alpha of [0, -1, 0.25]) {
      const expected = special.map((x) => (Number.isNaN(x) ? NaN : x > 0 ? 1 : alpha));
      expect(Array.from(tf.step(tf.tensor1d(special), alpha).dataSync())).toEqual(expected);
    }
  });

  it('is 0 or 1 for every number', () => {
    assert(
      property(double({ noNaN: true, min: -1e30, max: 1e30 }), (x) => {
        // TensorFlow takes numbers below the normal ones for 0.
        const value = Math.abs(x) < 2e-38 ? 0 : Math.fround(x);
        expect(tf.step(value).dataSync()[0]).toBe(value > 0 ? 1 : 0);
        expect(tf.step(value, -1).dataSync()[0]).toBe(value > 0 ? 1 : -1);
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  it('makes nothing as large as its input in JavaScript', async () => {
    const { kernelNames } = await tf.profile(() => tf.step(tf.ones([3, 3])));
    expect(kernelNames).not.toContain('Fill');
    expect(kernelNames).not.toContain('Select');
  });

  it('leaves no tensor behind', () => {
    const x = tf.tensor1d(special);
    expect(tensorsLeft(() => [tf.step(x), tf.step(x, -1)])).toBe(0);
  });
});

describe('the gradients that rest on step', () => {
  it('are those of plain tfjs', async () => {
    const functions: ((x: tf.Tensor) => tf.Tensor)[] = [
      tf.abs,
      tf.relu6,
      tf.selu,
      (x) => tf.prelu(x, tf.scalar(0.3)),
      (x) => tf.maximum(x, 0.5),
      (x) => tf.clipByValue(x, -1, 2),
    ];
    const numbers = [-7, -1, -0.5, 0, 0.25, 1, 3, 6, 8];
    const gradients = () =>
      onHost(functions.map((f) => tf.grad((x: tf.Tensor) => tf.sum(f(x)))(tf.tensor1d(numbers))));
    const expected = await onPlainBackend(gradients);
    gradients().forEach(({ dtype, values }, index) => {
      expect(dtype).toBe('float32');
      expect(values).toBeClose(expected[index]!.values);
    });
  });
});
