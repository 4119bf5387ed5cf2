import { tensorsLeft } from '@hyperspherical/testing';
import { add, grad, memory, mul, sum, tensor4d, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import '../../test/backends.js';
import { inTurn, type Layer } from './layer.js';

const double: Layer = (x) => mul(x, 2);
const oneMore: Layer = (x) => add(x, 1);
const nothing: Layer = (x) => x;

describe('inTurn', () => {
  const x = tensor4d([3], [1, 1, 1, 1]);

  it('applies layers one after the other', () => {
    expect(inTurn([double, oneMore, double])(x, false)).toBeClose([[[[14]]]]);
    expect(inTurn([])(x, false)).toBe(x);
    expect(inTurn([nothing])(x, false)).toBe(x);
    expect(inTurn([double, nothing, oneMore])(x, false)).toBeClose([[[[7]]]]);
  });

  it('tells every layer whether it trains', () => {
    const trainer: Layer = (values, training) => add(values, training ? 1 : 0);
    expect(inTurn([trainer, trainer])(x, true)).toBeClose([[[[5]]]]);
  });

  it('frees what lies between the layers, and never its input', () => {
    const counts: number[] = [];
    const counting: Layer = (values) => {
      counts.push(memory().numTensors);
      return oneMore(values, false);
    };
    expect(tensorsLeft(() => inTurn([counting, counting, counting, counting])(x, false))).toBe(0);
    expect(counts.slice(1)).toEqual([counts[1], counts[1], counts[1]]);
    expect(x.isDisposed).toBe(false);
  });

  it('has the gradients of its layers', () => {
    const squareOf: Layer = (values) => mul(values, values);
    const gradient = grad((values: Tensor) =>
      sum(inTurn([squareOf, oneMore, squareOf])(values as Tensor4D, true)),
    )(x);
    // (x^2 + 1)^2 has the derivative 4 x (x^2 + 1).
    expect(gradient).toBeClose([[[[120]]]]);
  });
});
