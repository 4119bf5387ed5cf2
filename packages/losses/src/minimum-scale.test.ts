import { describe, expect, it } from 'vitest';
import { minimumScale } from './minimum-scale.js';

describe('minimumScale', () => {
  it('gives a perfect answer among simplex prototypes exactly that probability', () => {
    for (const classes of [2, 10, 1000]) {
      const scale = minimumScale({ classes, probability: 0.9 });
      const right = Math.exp(scale);
      expect(right / (right + (classes - 1) * Math.exp(-scale / (classes - 1)))).toBeClose(0.9);
      expect(scale).toBeClose(((classes - 1) / classes) * Math.log((0.9 * (classes - 1)) / 0.1));
    }
  });

  it('knows other cosines and a margin', () => {
    const scale = minimumScale({ classes: 5, probability: 0.99, otherCosine: 0.2, margin: 0.3 });
    const right = Math.exp(scale * 0.7);
    expect(right / (right + 4 * Math.exp(scale * 0.2))).toBeClose(0.99);
  });

  it('is 0 where guessing is enough', () => {
    expect(minimumScale({ classes: 4, probability: 0.25 })).toBe(0);
  });

  it('refuses what is out of range', () => {
    expect(() => minimumScale({ classes: 1 })).toThrow('classes must be an integer of at least 2, and is 1');
    expect(() => minimumScale({ classes: 2, probability: 1 })).toThrow(
      'probability must lie between 0 and 1',
    );
    expect(() => minimumScale({ classes: 2, otherCosine: 1 })).toThrow(
      'otherCosine must be from -1 to below 1',
    );
    expect(() => minimumScale({ classes: 2, otherCosine: 0, margin: 1 })).toThrow(
      'margin must be from 0 to below 1',
    );
  });
});
