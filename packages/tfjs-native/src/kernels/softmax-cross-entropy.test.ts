import { finiteDifferences, tensorsLeft } from '@hyperspherical/testing';
import * as tf from '@tensorflow/tfjs';
import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, nativeBackend } from '../index.js';
import { onHost, onPlainBackend } from '../testing/on-plain-backend.js';

const { softmaxCrossEntropy } = tf.losses;
const { NONE, MEAN, SUM, SUM_BY_NONZERO_WEIGHTS } = tf.Reduction;
const reductions = [NONE, MEAN, SUM, SUM_BY_NONZERO_WEIGHTS];

/** A batch of 3 examples and 4 classes, whose labels are shares. */
const batch = () => ({
  logits: tf.tensor2d([0.5, -1, 2, 0, 30, -30, 1, 1, 0, 0, 0, 0], [3, 4]),
  labels: tf.tensor2d([0, 0, 1, 0, 1, 0, 0, 0, 0.25, 0.25, 0.5, 0], [3, 4]),
  weights: tf.tensor1d([1, 0.5, 2]),
});

describe('tf.losses.softmaxCrossEntropy', () => {
  it('is log 2 for two equal logits', () => {
    expect(softmaxCrossEntropy(tf.tensor2d([[0, 1]]), tf.tensor2d([[5, 5]]))).toBeClose(Math.log(2), {
      dtype: 'float32',
    });
  });

  it('is one native operation in both directions', async () => {
    const { logits, labels } = batch();
    const { kernelNames } = await tf.profile(() =>
      tf.grad((x: tf.Tensor) => softmaxCrossEntropy(labels, x))(logits),
    );
    expect(kernelNames).toContain('SoftmaxCrossEntropyWithLogits');
    expect(kernelNames).toContain('SoftmaxCrossEntropyGrad');
    expect(kernelNames).not.toContain('Exp');
    expect(kernelNames).not.toContain('Max');
  });

  it('has the values and gradients of plain tfjs, with weights, smoothing and every reduction', async () => {
    const run = () => {
      const { logits, labels, weights } = batch();
      const found: tf.Tensor[] = [];
      for (const reduction of reductions) {
        for (const smoothing of [0, 0.1]) {
          for (const given of [undefined, weights]) {
            const loss = (shares: tf.Tensor, x: tf.Tensor): tf.Tensor =>
              softmaxCrossEntropy(shares, x, given, smoothing, reduction);
            found.push(loss(labels, logits));
            found.push(...tf.grads((shares, x) => tf.sum(loss(shares, x)))([labels, logits]));
          }
        }
      }
      return onHost(found);
    };
    const expected = await onPlainBackend(run);
    const found = run();
    expect(found).toHaveLength(48);
    found.forEach(({ shape, dtype, values }, index) => {
      expect([shape, dtype]).toEqual([expected[index]!.shape, expected[index]!.dtype]);
      expect(values).toBeClose(expected[index]!.values);
    });
  });

  it('takes labels of any dtype, arrays, and logits of another rank', async () => {
    const run = () =>
      onHost([
        softmaxCrossEntropy(tf.oneHot(tf.tensor1d([1, 0], 'int32'), 3), tf.ones([2, 3])),
        softmaxCrossEntropy(tf.tensor2d([[true, false]], [1, 2], 'bool'), tf.tensor2d([[1, 2]])),
        softmaxCrossEntropy([[0, 1]], [[1, 2]]),
        softmaxCrossEntropy(tf.tensor1d([0, 1]), tf.tensor1d([1, 2])),
        softmaxCrossEntropy(tf.ones([2, 2, 2]), tf.ones([2, 2, 2])),
        softmaxCrossEntropy(tf.tensor2d([[0, 1]]), tf.tensor2d([[1, 2]], [1, 2], 'int32')),
      ]);
    const expected = await onPlainBackend(run);
    expect(run().map(({ values }) => values[0])).toBeClose(expected.map(({ values }) => values[0]));
    expect(() => softmaxCrossEntropy(tf.ones([2, 3]), tf.ones([3, 2]))).toThrow('softmaxCrossEntropy');
  });

  it('has the gradient that differences in float64 have', () => {
    const classes = 5;
    assert(
      property(constantFrom(0.1, 1, 20), integer({ min: 0, max: 1e6 }), (scale, seed) => {
        const logits = Array.from({ length: 2 * classes }, (_, index) => scale * Math.sin(seed + index ** 2));
        const chosen = [seed % classes, (seed + 2) % classes];
        const reference = (x: Float64Array): number =>
          chosen.reduce((total, label, row) => {
            const own = x.slice(row * classes, (row + 1) * classes);
            const largest = Math.max(...own);
            const sum = own.reduce((soFar, value) => soFar + Math.exp(value - largest), 0);
            return total + (Math.log(sum) - (own[label]! - largest)) / 2;
          }, 0);
        const labels = tf.oneHot(tf.tensor1d(chosen, 'int32'), classes);
        const gradient = tf.grad((x: tf.Tensor) => softmaxCrossEntropy(labels, x));
        expect(gradient(tf.tensor2d(logits, [2, classes])).dataSync()).toBeClose(
          finiteDifferences(reference, logits),
          { absolute: 1e-5 },
        );
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it('can be differentiated again', () => {
    // d2/dx2 sum_i log(sum exp x) = diag(p) - p p'; along v it is p (v - p v).
    const logits = tf.tensor2d([[0.3, -0.2, 1]]);
    const labels = tf.tensor2d([[0, 0, 1]]);
    const v = [1, -2, 0.5];
    const first = tf.grad((x: tf.Tensor) => softmaxCrossEntropy(labels, x));
    const along = tf.grad((x: tf.Tensor) => tf.sum(tf.mul(first(x), tf.tensor2d([v]))))(logits);
    const p = Array.from(tf.softmax(logits).dataSync());
    const mean = p.reduce((sum, share, index) => sum + share * v[index]!, 0);
    expect(along).toBeClose([p.map((share, index) => share * (v[index]! - mean))]);
  });

  it('gives the same compiled', () => {
    const { logits, labels, weights } = batch();
    const body = (x: tf.Tensor2D): tf.Tensor[] => {
      const { value, grad } = tf.valueAndGrad((at: tf.Tensor) => softmaxCrossEntropy(labels, at, weights))(x);
      return [value, grad];
    };
    const step = compile(body);
    const expected = onHost(tf.tidy(() => body(logits)));
    for (let call = 0; call < 4; call++) {
      onHost(step(logits)).forEach(({ values }, index) => {
        expect(values).toBeClose(expected[index]!.values);
      });
    }
    expect(step.graphs()).toHaveLength(1);
    step.dispose();
  });

  it('leaves no tensor behind, in tfjs or in TensorFlow', () => {
    const { logits, labels, weights } = batch();
    const run = () =>
      tf.tidy(() => tf.grad((x: tf.Tensor) => softmaxCrossEntropy(labels, x, weights, 0.1))(logits));
    run().dispose();
    const native = nativeBackend().getNumOfTFTensors();
    expect(tensorsLeft(run)).toBe(0);
    expect(tensorsLeft(() => softmaxCrossEntropy(labels, logits))).toBe(0);
    expect(nativeBackend().getNumOfTFTensors()).toBe(native);
  });
});
