/** Paul Tol's muted scheme and one more, which stay apart for those who see fewer colours; a dark page has lighter ones. */
const light = [
  '#3a4fa3',
  '#b8562f',
  '#11763a',
  '#882255',
  '#1f7f95',
  '#8a6d00',
  '#aa4499',
  '#4d4d4d',
  '#cc3355',
  '#5b8c2a',
];
const dark = [
  '#8fa8ff',
  '#ff9d6e',
  '#5fd08a',
  '#ff8fbf',
  '#7fdcf0',
  '#ecd06f',
  '#e79be0',
  '#c9c9c9',
  '#ff8f98',
  '#b4e070',
];

/** The n-th class's colour. */
export function classColor(index: number, onDark: boolean): string {
  const colors = onDark ? dark : light;
  return colors[index] ?? `oklch(${onDark ? 0.78 : 0.55} 0.13 ${((index * 137.508) % 360).toFixed(1)})`;
}

/** A colour for a share of 0 to 1, from blue over grey-green to orange. */
export function rampColor(share: number, onDark: boolean): string {
  const at = Math.min(1, Math.max(0, share));
  const lightness = onDark ? 0.66 + 0.18 * at : 0.42 + 0.24 * at;
  return `oklch(${lightness.toFixed(3)} 0.14 ${(265 - 215 * at).toFixed(1)})`;
}
