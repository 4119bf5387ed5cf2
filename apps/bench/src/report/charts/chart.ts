import { markup, Markup, type MarkupValue } from '../markup.js';
import { chartStyle } from './chart-style.js';

/** Charts are this wide, so that their words can be read on a phone as well as beside each other on a desk. */
export const chartWidth = 480;

/** Width of a letter at the charts' 13 pixels, on average. */
const letterWidth = 6.7;

/** A picture; it has no style of its own yet. */
export interface Chart {
  readonly width: number;
  readonly height: number;
  /** What it shows, for those who do not see it. */
  readonly label: string;
  readonly content: Markup;
}

/** A chart as an element of a page that holds `chartStyle`. */
export function inlineSvg({ width, height, label, content }: Chart): Markup {
  return markup`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">${content}</svg>`;
}

/**
 * A chart as a file of its own.
 *
 * @param theme - On white paper, or on dark paper too where the reader's setting asks for it.
 */
export function svgFile(
  { width, height, label, content }: Chart,
  theme: 'light' | 'light and dark' = 'light',
): string {
  const dark = theme === 'light' ? '' : `\n@media (prefers-color-scheme: dark) {\n${chartStyle('dark')}\n}`;
  return markup`<svg xmlns="http://www.w3.org/2000/svg" class="chart" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
<title>${label}</title>
<style>${new Markup(`${chartStyle('light')}${dark}`)}</style>
<rect class="paper" width="${width}" height="${height}"/>
${content}
</svg>
`.text;
}

/** Text that ends in an ellipsis where it would be wider than so many pixels. */
export function fitText(text: string, width: number): string {
  const most = Math.max(3, Math.floor(width / letterWidth));
  const characters = Array.from(text);
  return characters.length <= most
    ? text
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}

/** Text that loses its middle where it would be wider than so many pixels: names of one table differ at their ends. */
export function fitMiddle(text: string, width: number): string {
  const most = Math.max(5, Math.floor(width / letterWidth));
  const characters = Array.from(text);
  if (characters.length <= most) return text;
  const end = Math.floor((most - 1) / 2);
  const [first, last] = [characters.slice(0, most - 1 - end), characters.slice(-end)];
  return `${first.join('').trimEnd()}…${last.join('').trimStart()}`;
}

/** About how wide text is. */
export function textWidth(text: string): number {
  return Array.from(text).length * letterWidth;
}

/** Draws a legend's items in rows from the left. */
export function legend(
  items: readonly { readonly sample: Markup; readonly text: string }[],
  top: number,
): { readonly content: Markup; readonly height: number } {
  const gap = 18;
  const sampleWidth = 24;
  let x = 8;
  let y = top;
  const placed: MarkupValue[] = [];
  for (const { sample, text } of items) {
    const shown = fitText(text, chartWidth - sampleWidth - 24);
    const width = sampleWidth + textWidth(shown) + gap;
    if (x > 8 && x + width - gap > chartWidth - 8) {
      x = 8;
      y += 18;
    }
    placed.push(
      markup`<g transform="translate(${round(x)} ${y})">${sample}<text x="${sampleWidth}" y="4">${shown}</text></g>`,
    );
    x += width;
  }
  return { content: markup`${placed}`, height: items.length === 0 ? 0 : y - top + 18 };
}

/** Tenths of a pixel are enough. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
