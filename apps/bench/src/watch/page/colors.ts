/** Hues that stay apart, also for most who see fewer colours; beyond these the golden angle finds more. */
const hues = [255, 50, 155, 330, 95, 200, 20, 295];

/** The hue of the n-th of something, in degrees. */
export function hueOf(index: number): number {
  return hues[index] ?? (index * 137.508) % 360;
}

/** The n-th colour as CSS; light and dark pages have their own lightness for it. */
export function seriesColor(index: number): string {
  return `oklch(var(--series-lightness) var(--series-chroma) ${hueOf(index).toFixed(1)})`;
}

/** The n-th class's colour for a canvas, which knows no CSS variables. */
export function classColor(index: number, dark: boolean): string {
  return dark ? `oklch(0.78 0.14 ${hueOf(index).toFixed(1)})` : `oklch(0.56 0.17 ${hueOf(index).toFixed(1)})`;
}

/** A colour for a share of 0 to 1, from blue over grey-green to orange. */
export function rampColor(share: number, dark: boolean): string {
  const at = Math.min(1, Math.max(0, share));
  const lightness = dark ? 0.6 + 0.25 * at : 0.4 + 0.3 * at;
  return `oklch(${lightness.toFixed(3)} 0.15 ${(265 - 215 * at).toFixed(1)})`;
}
