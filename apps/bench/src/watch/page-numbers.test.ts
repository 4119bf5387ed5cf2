import { describe, expect, it } from 'vitest';
import { hueOf } from './page/colors.js';
import { formatMetricValue, formatNumber, formatSeconds } from './page/format.js';
import { front, rotate, turn } from './page/rotation.js';
import { extent, linearScale, logScale, roundValues } from './page/scale.js';

describe('linearScale', () => {
  it('places the least and the most at the ends, with round values between', () => {
    const { place, ticks } = linearScale([0.12, 0.98], [200, 0]);
    expect([place(0.12), place(0.98)]).toEqual([200, 0]);
    expect(ticks).toEqual([0.2, 0.4, 0.6, 0.8]);
  });

  it('makes room around a value that stands alone', () => {
    const { place, ticks } = linearScale([3, 3], [0, 100]);
    expect(place(3)).toBeCloseTo(50);
    expect(ticks.length).toBeGreaterThan(1);
    expect(linearScale([0, 0], [0, 100]).place(0)).toBe(50);
  });
});

describe('logScale', () => {
  it('has a tick at every power of ten', () => {
    const { place, ticks } = logScale([0.001, 1], [0, 300]);
    expect(ticks).toEqual([0.001, 0.01, 0.1, 1]);
    expect(ticks.map((tick) => Math.round(place(tick)))).toEqual([0, 100, 200, 300]);
  });
});

describe('roundValues', () => {
  it('gives multiples of 1, 2 or 5 times a power of ten', () => {
    expect(roundValues(0, 10, 5)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(roundValues(1, 250, 6)).toEqual([50, 100, 150, 200, 250]);
    expect(roundValues(-0.5, 0.5, 4)).toEqual([-0.5, 0, 0.5]);
  });
});

describe('extent', () => {
  it('passes over what is no number', () => {
    expect(extent([null, 2, NaN, -1, Infinity])).toEqual([-1, 2]);
    expect(extent([null])).toBeUndefined();
  });
});

describe('turn', () => {
  it('turns the near point to the right, and the upper one towards the viewer', () => {
    expect(rotate(turn(front, Math.PI / 2, 0), [0, 0, 1])).toEqual([1, expect.closeTo(0), expect.closeTo(0)]);
    expect(rotate(turn(front, 0, Math.PI / 2), [0, 1, 0])).toEqual([expect.closeTo(0), expect.closeTo(0), 1]);
  });

  it('keeps lengths after many small turns', () => {
    let rotation = front;
    for (let index = 0; index < 10_000; index += 1) rotation = turn(rotation, 0.013, -0.007);
    expect(Math.hypot(...rotate(rotation, [0.6, 0, 0.8]))).toBeCloseTo(1, 9);
  });
});

describe('what the page calls numbers', () => {
  it('is short', () => {
    expect(formatNumber(0.123456)).toBe('0.1235');
    expect(formatNumber(2)).toBe('2');
    expect(formatNumber(NaN)).toBe('none');
    expect(formatMetricValue('accuracy', 0.7234)).toBe('72.3 %');
    expect(formatMetricValue('meanAbsoluteError', 3.21456, 'degrees')).toBe('3.215 degrees');
    expect(formatSeconds(3725)).toBe('1:02:05');
  });
});

describe('hueOf', () => {
  it('gives twenty runs twenty hues', () => {
    const hues = Array.from({ length: 20 }, (_, index) => hueOf(index).toFixed(1));
    expect(new Set(hues).size).toBe(20);
  });
});
