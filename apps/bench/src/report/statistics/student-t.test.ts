import { describe, expect, it } from 'vitest';
import { studentTCritical, studentTProbability } from './student-t.js';

describe('studentTProbability', () => {
  it('is an arc tangent with one degree of freedom, and a root with two', () => {
    for (const t of [0.1, 1, 3, 50]) {
      expect(studentTProbability(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 13);
      expect(studentTProbability(t, 2)).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 13);
    }
  });

  it.each([0.7, 3, 4.5, 12, 80.25])(
    'is the integral of the density, with %d degrees of freedom',
    (freedom) => {
      const density = (x: number): number => (1 + (x * x) / freedom) ** (-(freedom + 1) / 2);
      // With x = tan(a) both tails end at a finite place; midpoints there.
      const integral = (from: number, to: number): number => {
        const steps = 200_000;
        let sum = 0;
        for (let index = 0; index < steps; index += 1) {
          const angle = from + ((index + 0.5) / steps) * (to - from);
          sum += density(Math.tan(angle)) / Math.cos(angle) ** 2;
        }
        return (sum * (to - from)) / steps;
      };
      for (const t of [0.3, 2.5]) {
        const outside = integral(Math.atan(t), Math.PI / 2) / integral(0, Math.PI / 2);
        expect(studentTProbability(t, freedom)).toBeCloseTo(outside, freedom < 1 ? 3 : 8);
      }
    },
  );

  it('is even in t, falls from 1 to 0, and tends to the normal distribution', () => {
    expect(studentTProbability(0, 5)).toBe(1);
    expect(studentTProbability(-2, 5)).toBe(studentTProbability(2, 5));
    expect(studentTProbability(Infinity, 5)).toBe(0);
    expect(studentTProbability(1.959963984540054, 1e7)).toBeCloseTo(0.05, 6);
  });

  it('refuses no degrees of freedom', () => {
    expect(() => studentTProbability(1, 0)).toThrow('freedom must be above 0, not 0');
  });
});

describe('studentTCritical', () => {
  it.each([
    [1, 12.7062],
    [2, 4.30265],
    [4, 2.77645],
    [10, 2.22814],
    [30, 2.04227],
  ])('at 95 %% with %d degrees of freedom is the tabled %d', (freedom, tabled) => {
    expect(studentTCritical(0.95, freedom)).toBeCloseTo(tabled, 4);
  });

  it('refuses a confidence of 1', () => {
    expect(() => studentTCritical(1, 2)).toThrow('confidence must lie between 0 and 1, not 1');
  });
});
