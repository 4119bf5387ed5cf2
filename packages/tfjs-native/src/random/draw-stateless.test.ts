import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { augmentImages, compile, dropout, statelessRandomNormal, statelessRandomUniform } from '../index.js';

const draws: Record<string, (step: number | tf.Scalar) => tf.Tensor> = {
  statelessRandomUniform: (step) => statelessRandomUniform([3], { seed: 1, step }),
  statelessRandomNormal: (step) => statelessRandomNormal([3], { seed: 1, step }),
  dropout: (step) => dropout(tf.ones([3]), { rate: 0.5, seed: 1, step }),
  augmentImages: (step) => augmentImages(tf.ones([1, 4, 4, 1]), { seed: 1, step, noise: 1 }),
};

const wrongSteps = [1.2, 2 ** 24, 2 ** 24 + 1, 1796083200000, NaN, -Infinity];

describe.each(Object.entries(draws))('the step of %s', (_, draw) => {
  it('is refused where it is no whole number below 2^24: as it is, compiled, at the first call and later', () => {
    const compiled = compile((step: tf.Scalar) => draw(step));
    for (const warmUp of [0, 4]) {
      for (let step = 0; step < warmUp; step++) expect(compiled(step)).toBeClose(draw(step).arraySync());
      for (const step of wrongSteps) {
        const sentence = `step is ${step}; it must be a whole number below 2^24.`;
        expect(() => draw(step)).toThrow(new RangeError(sentence));
        expect(() => compiled(step)).toThrow(new RangeError(sentence));
        expect(() => draw(tf.scalar(step))).toThrow(/^step is .*; it must be a whole number below 2\^24\.$/);
      }
    }
    expect(compiled.graphs()).toMatchObject([{ runs: 2 }]);
  });

  it('is checked by TensorFlow where the graph computes it, or gets it as a tensor', () => {
    const compiled = compile((step: tf.Scalar) => draw(tf.add(step, 1)));
    const given = (step: number) => tf.scalar(step);
    for (let step = 0; step < 4; step++) {
      expect(compiled(given(step))).toBeClose(draw(step + 1).arraySync());
    }
    expect(compiled.graphs()).toMatchObject([{ runs: 2 }]);
    for (const step of wrongSteps) {
      expect(() => compiled(given(step))).toThrow(/^step must be a whole number below 2\^24 : /);
    }
    expect(compiled(given(7))).toBeClose(draw(8).arraySync());
  });
});

describe('the key of random numbers', () => {
  it('may have any int32 as its step, for which float32 has no gaps to fear', () => {
    const at = (step: number) =>
      statelessRandomUniform([3], { seed: 1, step: tf.scalar(step, 'int32') }).dataSync();
    expect(at(2 ** 24 + 1)).not.toEqual(at(2 ** 24));
    expect(at(7)).toEqual(statelessRandomUniform([3], { seed: 1, step: 7 }).dataSync());
  });

  it('refuses a seed that is an argument of a compiled step', () => {
    const compiled = compile((seed: number) => statelessRandomUniform([3], { seed, step: 1 }));
    expect(() => compiled(3)).toThrow(
      'seed is a tensor; it must be a number from outside of the step, and is fixed once compiled.',
    );
  });
});
