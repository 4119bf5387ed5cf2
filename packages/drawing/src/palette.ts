/** What a picture is on: light, dark, or one that is not known yet. */
export type Paper = 'light' | 'dark' | 'either';

/** Colors for paper of one kind. */
export interface Palette {
  /** Of classes, curves and bars, in the order in which they are taken; apart for the color-blind too, in hue or in lightness. */
  readonly series: readonly string[];
}

/** The colors of pictures, on light and on dark paper. */
export const palettes: Readonly<Record<'light' | 'dark', Palette>> = {
  light: {
    series: [
      '#0b6bcb',
      '#d1560f',
      '#0f8a5f',
      '#9a3fb5',
      '#a67c00',
      '#4f6d85',
      '#cc3355',
      '#5b8c2a',
      '#882255',
      '#4d4d4d',
    ],
  },
  dark: {
    series: [
      '#5aa9ff',
      '#ff9a5c',
      '#3ecf9a',
      '#d58cf0',
      '#e8bf3a',
      '#9fb9cd',
      '#ff8f98',
      '#b4e070',
      '#ff8fbf',
      '#c9c9c9',
    ],
  },
};

/**
 * The color of the n-th class or curve, as CSS. After those of the palette, the golden angle finds hues that stay apart; `either` paper has
 * these alone.
 */
export function seriesColor(index: number, paper: Paper): string {
  const color = paper === 'either' ? undefined : palettes[paper].series[index];
  return color ?? hueColor((index * 137.508) % 360, paper);
}

/** The color of a share from 0 to 1 as CSS, from blue through green to orange. A share outside takes the color of the nearer end. */
export function shareColor(share: number, paper: Paper): string {
  return hueColor(225 - 190 * Math.min(1, Math.max(0, share)), paper);
}

const lightness = { light: 40, dark: 68, either: 52 };

function hueColor(hue: number, paper: Paper): string {
  return `hsl(${hue.toFixed(1)},65%,${lightness[paper]}%)`;
}
