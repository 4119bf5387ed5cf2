import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import '../engine/register-backend.js';
import { flattenArguments } from './argument-tree.js';

const x = tf.tensor2d([[1, 2]]);
const labels = tf.tensor1d([1], 'int32');

describe('flattenArguments', () => {
  it('finds tensors and numbers, and names where they are', () => {
    const tree = flattenArguments([{ x, labels: [labels] }, 0.1, 'mode', true]);
    expect(tree.feeds).toEqual([x, labels, 0.1]);
    expect(tree.names).toEqual(['argument 1.x', 'argument 1.labels[0]', 'argument 2']);
  });

  it('builds arguments of the same structure around other tensors', () => {
    const [a, b, c] = [tf.scalar(1), tf.scalar(2), tf.scalar(3)];
    const tree = flattenArguments([{ x, labels: [labels, null] }, 0.1, 'mode', undefined]);
    expect(tree.rebuild([a, b, c])).toEqual([{ x: a, labels: [b, null] }, c, 'mode', undefined]);
  });

  it('has one key for what one graph can serve, and others for everything else', () => {
    const keyOf = (...values: unknown[]): string => flattenArguments(values).key;
    expect(keyOf(x, 1)).toBe(keyOf(tf.ones([1, 2]), 2));
    const keys = [
      [x],
      [labels],
      [x, 1],
      [1, x],
      [[x]],
      [{ x }],
      [{ y: x }],
      ['x', x],
      ['x', x, {}],
      [x.toInt()],
      [tf.ones([2, 1])],
      [x, true],
      [x, false],
      [x, 'true'],
      [x, null],
      [x, undefined],
      [x, 'null'],
    ].map((values) => keyOf(...values));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
