import { describe, expect, it } from 'vitest';
import { palettes, seriesColor, shareColor } from './palette.js';

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function contrast(first: string, second: string): number {
  const luminance = (color: string): number => {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const share = parseInt(color.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark, light] = [luminance(first), luminance(second)].sort((left, right) => left - right);
  return (light! + 0.05) / (dark! + 0.05);
}

describe('colors of series', () => {
  it('stand out from their paper by 3 to 1, as WCAG asks of graphics', () => {
    for (const color of palettes.light.series) expect(contrast(color, '#ffffff')).toBeGreaterThan(3);
    for (const color of palettes.dark.series) expect(contrast(color, '#1c1f25')).toBeGreaterThan(3);
  });

  it('differ for forty classes, on each paper', () => {
    for (const paper of ['light', 'dark', 'either'] as const) {
      const colors = Array.from({ length: 40 }, (_, index) => seriesColor(index, paper));
      expect(new Set(colors).size).toBe(40);
    }
  });

  it('go from blue to orange with a share, and no further', () => {
    expect(shareColor(0, 'light')).toBe('hsl(225.0,65%,40%)');
    expect(shareColor(1, 'dark')).toBe('hsl(35.0,65%,68%)');
    expect(shareColor(-3, 'light')).toBe(shareColor(0, 'light'));
    expect(shareColor(3, 'light')).toBe(shareColor(1, 'light'));
  });
});
