import { describe, expect, it } from 'vitest';
import { fitMiddle, fitText } from './chart.js';

describe('fitText and fitMiddle', () => {
  it('leave text alone that fits', () => {
    expect([fitText('short', 100), fitMiddle('short', 100)]).toEqual(['short', 'short']);
  });

  it('cut the end, or the middle where ends tell names apart', () => {
    // 80 pixels hold 11 letters.
    const [low, high] = ['squared error, rate 0.001', 'squared error, rate 0.01'];
    expect(fitText(low, 80)).toBe(fitText(high, 80));
    expect(fitMiddle(low, 80)).toBe('squar…0.001');
    expect(fitMiddle(high, 80)).toBe('squar…0.01');
    for (const text of [fitMiddle(low, 80), fitText(low, 80)]) expect(text.length).toBeLessThanOrEqual(11);
  });
});
