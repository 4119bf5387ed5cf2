import { tensorsLeft } from '@hyperspherical/testing';
import * as tf from '@tensorflow/tfjs';
import { assert, double, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../compile/compile.js';
import { dropout } from './dropout.js';
import { statelessRandomNormal } from './stateless-random-normal.js';
import { statelessRandomUniform } from './stateless-random-uniform.js';

const values = (x: tf.Tensor): number[] => Array.from(x.dataSync());

describe('statelessRandomUniform', () => {
  it('gives the same numbers for the same seed and step, and others for others', () => {
    const draw = (seed: number, step: number): number[] =>
      values(statelessRandomUniform([3, 4], { seed, step }));
    expect(draw(1, 2)).toEqual(draw(1, 2));
    const firsts = new Set([draw(1, 2), draw(1, 3), draw(2, 2), draw(2, 1)].map((numbers) => numbers[0]));
    expect(firsts.size).toBe(4);
    expect(statelessRandomUniform([3, 4], { seed: 1, step: 2 }).shape).toEqual([3, 4]);
  });

  it('spreads its numbers evenly over the range', () => {
    assert(
      property(integer({ min: -1e9, max: 1e9 }), integer({ min: 0, max: 1e6 }), (seed, step) => {
        const numbers = values(statelessRandomUniform([4000], { seed, step, minimum: -2, maximum: 6 }));
        expect(numbers.every((number) => number >= -2 && number < 6)).toBe(true);
        // Five standard errors: the deviation of a number is 8 / sqrt(12), of a fourth's count sqrt(4000 3 / 16).
        const mean = numbers.reduce((sum, number) => sum + number, 0) / 4000;
        expect(Math.abs(mean - 2)).toBeLessThan((5 * 8) / Math.sqrt(12 * 4000));
        for (const start of [-2, 0, 2, 4]) {
          const count = numbers.filter((number) => number >= start && number < start + 2).length;
          expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt((4000 * 3) / 16));
        }
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it('draws the same numbers in a compiled step, anew at each step', () => {
    const step = compile((number: tf.Scalar) => statelessRandomUniform([5], { seed: 3, step: number }));
    for (let number = 0; number < 6; number++) {
      expect(values(step(number))).toEqual(values(statelessRandomUniform([5], { seed: 3, step: number })));
    }
    expect(step.graphs()).toMatchObject([{ runs: 4 }]);
  });

  it('refuses seeds and steps that are no whole numbers in range', () => {
    expect(() => statelessRandomUniform([1], { seed: 0.5, step: 0 })).toThrow(
      'seed is 0.5; it must be a whole number of less than 32 bits.',
    );
    expect(() => statelessRandomUniform([1], { seed: 1, step: 2 ** 24 })).toThrow(
      'step is 16777216; it must be a whole number below 2^24.',
    );
    expect(() => statelessRandomUniform([1], { seed: 1, step: 1, minimum: 1 })).toThrow(
      'minimum is 1 and maximum 1; minimum must be below.',
    );
  });
});

describe('statelessRandomNormal', () => {
  it('spreads its numbers by the bell curve', () => {
    assert(
      property(integer({ min: -1e9, max: 1e9 }), integer({ min: 0, max: 1e6 }), (seed, step) => {
        const numbers = values(statelessRandomNormal([4000], { seed, step, mean: 3, standardDeviation: 2 }));
        const mean = numbers.reduce((sum, number) => sum + number, 0) / 4000;
        expect(Math.abs(mean - 3)).toBeLessThan((5 * 2) / Math.sqrt(4000));
        // The shares below one deviation under the mean, below the mean, and below one above it.
        for (const [limit, share] of [
          [1, 0.158655],
          [3, 0.5],
          [5, 0.841345],
        ] as const) {
          const count = numbers.filter((number) => number < limit).length;
          expect(Math.abs(count - 4000 * share)).toBeLessThan(5 * Math.sqrt(4000 * share * (1 - share)));
        }
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it('draws the same numbers in a compiled step, anew at each step', () => {
    const step = compile((number: tf.Scalar) => statelessRandomNormal([5], { seed: 3, step: number }));
    for (let number = 0; number < 6; number++) {
      expect(values(step(number))).toEqual(values(statelessRandomNormal([5], { seed: 3, step: number })));
    }
    expect(tensorsLeft(() => statelessRandomNormal([5], { seed: 3, step: 1, mean: 1 }))).toBe(0);
  });

  it('refuses a negative deviation', () => {
    expect(() => statelessRandomNormal([1], { seed: 1, step: 1, standardDeviation: -1 })).toThrow(
      'standardDeviation is -1; it must be at least 0.',
    );
  });
});

describe('dropout', () => {
  it('makes the share `rate` of the elements 0 and scales the others', () => {
    assert(
      property(double({ min: 0, max: 0.95, noNaN: true }), integer({ min: 0, max: 1000 }), (rate, step) => {
        const dropped = values(dropout(tf.ones([5000]), { rate, seed: 1, step }));
        const zeros = dropped.filter((value) => value === 0).length;
        expect(Math.abs(zeros / 5000 - rate)).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / 5000) + 1e-3);
        expect(dropped.filter((value) => value !== 0)).toBeClose(
          new Array<number>(5000 - zeros).fill(1 / (1 - rate)),
        );
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it('gives its gradient to the elements that it keeps', () => {
    const x = tf.randomNormal<tf.Rank.R1>([50], 0, 1, 'float32', 1);
    const options = { rate: 0.4, seed: 9, step: 2 };
    const mask = values(dropout(tf.ones([50]), options));
    const gradient = tf.grad((at: tf.Tensor) => tf.sum(tf.square(dropout(at, options))))(x);
    expect(gradient).toBeClose(values(x).map((value, index) => 2 * value * mask[index]! ** 2));
    expect(tensorsLeft(() => dropout(x, options))).toBe(0);
  });

  it('trains compiled as it does eager', () => {
    const train = (isCompiled: boolean): number[] => {
      const weights = tf.variable(tf.ones<tf.Rank.R2>([4, 3]));
      const body = (x: tf.Tensor2D, number: tf.Scalar): tf.Scalar => {
        const { value, grads } = tf.variableGrads(
          () =>
            tf.tidy(() => {
              const hidden = dropout(tf.matMul(x, weights), { rate: 0.5, seed: 1, step: number });
              return tf.sum(tf.square(dropout(hidden, { rate: 0.2, seed: 2, step: number })));
            }),
          [weights],
        );
        weights.assign(tf.tidy(() => tf.sub(weights, tf.mul(grads[weights.name]!, 0.01))));
        tf.dispose(grads);
        return value;
      };
      const step = compile(body);
      const x = tf.randomNormal<tf.Rank.R2>([6, 4], 0, 1, 'float32', 5);
      const losses = Array.from(
        { length: 12 },
        (_, number) =>
          (isCompiled ? step(x, number) : tf.tidy(() => body(x, tf.scalar(number)))).dataSync()[0]!,
      );
      expect(step.graphs()).toHaveLength(isCompiled ? 1 : 0);
      return [...losses, ...values(weights)];
    };
    expect(train(true)).toBeClose(train(false));
  });

  it('refuses a rate outside [0, 1)', () => {
    expect(() => dropout(tf.ones([1]), { rate: 1, seed: 1, step: 1 })).toThrow(
      'rate is 1; it must be at least 0 and below 1.',
    );
  });
});
