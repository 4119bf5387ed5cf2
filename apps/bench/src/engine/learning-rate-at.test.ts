import { describe, expect, it } from 'vitest';
import { learningRateAt } from './learning-rate-at.js';

const size = { stepsPerEpoch: 10, epochs: 10 };

describe('learningRateAt', () => {
  it('stays where it is when constant', () => {
    expect(learningRateAt({ kind: 'constant' }, 0.1, 99, size)).toBe(0.1);
  });

  it('rises from 1/25 to the peak, then falls to 0, in one cycle', () => {
    const rate = (step: number): number => learningRateAt({ kind: 'one-cycle', warmUp: 0.2 }, 1, step, size);
    expect(rate(0)).toBeCloseTo(0.04, 12);
    expect(rate(10)).toBeCloseTo(0.52, 12);
    expect(rate(20)).toBe(1);
    expect(rate(60)).toBe(0.5);
    expect(rate(100)).toBe(0);
  });

  it('falls by the factor after the named epochs', () => {
    const rate = (step: number): number =>
      learningRateAt({ kind: 'steps', atEpochs: [2, 4], factor: 0.1 }, 1, step, size);
    expect(rate(19)).toBe(1);
    expect(rate(20)).toBeCloseTo(0.1, 12);
    expect(rate(40)).toBeCloseTo(0.01, 12);
  });
});
