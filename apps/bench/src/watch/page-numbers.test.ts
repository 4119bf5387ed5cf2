import { describe, expect, it } from 'vitest';
import { formatMetricValue, formatNumber, formatSeconds } from './page/format.js';

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
