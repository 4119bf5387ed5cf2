import { forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import { tensor2d } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { largestCosine, negativeEnergy, unknownClassMeasures } from './unknown-classes.js';

forEachBackend(backends, () => {
  describe('largestCosine and negativeEnergy', () => {
    it('score each example by its evidence for any class', () => {
      const scores = tensor2d([
        [0.2, 0.9],
        [0.1, -0.5],
      ]);
      expect(largestCosine(scores)).toBeClose([0.9, 0.1]);
      expect(negativeEnergy(tensor2d([[0, Math.log(3)]]))).toBeClose([Math.log(4)]);
      expect(negativeEnergy(tensor2d([[0, 0]]), { temperature: 2 })).toBeClose([2 * Math.LN2]);
      expect(tensorsLeft(() => [largestCosine(scores), negativeEnergy(scores)])).toBe(0);
    });

    it('refuses a temperature of 0', () => {
      expect(() => negativeEnergy(tensor2d([[1]]), { temperature: 0 })).toThrow(
        'temperature must be a finite number above 0, and is 0',
      );
    });
  });
});

describe('unknownClassMeasures', () => {
  it('is perfect for scores that part, and guesses for scores that are all the same', () => {
    expect(unknownClassMeasures([3, 2], [1, 0])).toEqual({
      auroc: 1,
      auprKnown: 1,
      auprUnknown: 1,
      falsePositiveRateAt95: 0,
    });
    expect(unknownClassMeasures([1, 1], [1, 1])).toEqual({
      auroc: 0.5,
      auprKnown: 0.5,
      auprUnknown: 0.5,
      falsePositiveRateAt95: 1,
    });
  });

  it('agrees with a case computed by hand', () => {
    // Falling: known 4, unknown 3, known 2, unknown 1.
    const measures = unknownClassMeasures([4, 2], [3, 1]);
    expect(measures.auroc).toBeClose(3 / 4);
    expect(measures.auprKnown).toBeClose(1 / 2 + (1 / 2) * (2 / 3));
    expect(measures.auprUnknown).toBeClose(1 / 2 + (1 / 2) * (2 / 3));
    expect(measures.falsePositiveRateAt95).toBeClose(1 / 2);
  });

  it('has an auroc that counts pairs', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(scores, scores, (known, unknown) => {
        const pairs = known.flatMap((k) => unknown.map((u): number => (k > u ? 1 : k === u ? 0.5 : 0)));
        const share = pairs.reduce((left, right) => left + right, 0) / pairs.length;
        expect(unknownClassMeasures(known, unknown).auroc).toBeClose(share);
      }),
      { seed: 31, numRuns: 100 },
    );
  });

  it('refuses an empty side and NaN', () => {
    expect(() => unknownClassMeasures([], [1])).toThrow('known must not be empty');
    expect(() => unknownClassMeasures([1], [2, NaN])).toThrow('unknown[1] is NaN');
  });
});
