import { describe, expect, it } from 'vitest';
import { formatDuration } from './format-duration.js';

describe('formatDuration', () => {
  it('shows minutes and seconds, and hours where there are any', () => {
    expect(formatDuration(0)).toBe('0:00');
    expect(formatDuration(75.4)).toBe('1:15');
    expect(formatDuration(59.9)).toBe('1:00');
    expect(formatDuration(3725)).toBe('1:02:05');
  });
});
