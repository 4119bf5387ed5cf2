import { markup, type Markup } from '../markup.js';
import { chartWidth, fitText, round, type Chart } from './chart.js';

const levels = 12;

/**
 * Shares of each true class (row) by predicted class (column): darker is more. Up to 12 classes the shares are written into the
 * cells.
 */
export function confusionChart(
  confusion: readonly (readonly number[])[],
  options: { readonly classNames: readonly string[]; readonly title: string; readonly label: string },
): Chart {
  const { classNames, title, label } = options;
  const count = confusion.length;
  const named = count <= 30;
  const left = named ? 96 : 30;
  const top = named ? 112 : 58;
  const size = chartWidth - left - 14;
  const cell = size / count;
  const fontSize = Math.min(12, Math.max(6, cell * 0.8));
  const shares = confusion.map((row) => {
    const total = row.reduce((sum, value) => sum + value, 0);
    return row.map((value) => (total === 0 ? 0 : value / total));
  });
  const name = (index: number): string =>
    fitText(classNames[index] ?? String(index), (named ? 80 : 30) * (12 / fontSize));
  return {
    width: chartWidth,
    height: top + size + 14,
    label,
    content: markup`<text class="heading" x="8" y="16">${fitText(title, chartWidth)}</text>
<text class="muted" x="8" y="34">rows: true class; columns: predicted class; share of the row</text>
<g transform="translate(${left} ${top}) scale(${size / count})" class="s0" fill="none" stroke="currentColor">${heat(shares)}</g>
<rect class="axis" x="${left}" y="${top}" width="${size}" height="${size}"/>
${
  named
    ? shares.map((_, index) => {
        const middle = round((index + 0.5) * cell);
        return markup`<text font-size="${fontSize}" style="font-size:${round(fontSize)}px" x="${left - 6}" y="${round(top + middle + fontSize / 3)}" text-anchor="end">${name(index)}</text><text style="font-size:${round(fontSize)}px" transform="translate(${round(left + middle + fontSize / 3)} ${top - 6}) rotate(-60)">${name(index)}</text>`;
      })
    : [0, count - 1].map(
        (index) =>
          markup`<text class="muted" x="${left - 6}" y="${round(top + (index + 0.5) * cell + 4)}" text-anchor="end">${index}</text><text class="muted" x="${round(left + (index + 0.5) * cell)}" y="${top - 6}" text-anchor="middle">${index}</text>`,
      )
}
${
  count <= 12
    ? shares.map((row, r) =>
        row.map((share, c) =>
          share < 0.005
            ? undefined
            : markup`<text class="${share > 0.55 ? 'on' : ''}" x="${round(left + (c + 0.5) * cell)}" y="${round(top + (r + 0.5) * cell + 4)}" text-anchor="middle">${Math.round(100 * share)}</text>`,
        ),
      )
    : undefined
}`,
  };
}

/** One path for each shade: far smaller than a rectangle for each cell. */
function heat(shares: readonly (readonly number[])[]): Markup[] {
  const paths = Array.from({ length: levels + 1 }, () => [] as string[]);
  for (const [row, values] of shares.entries())
    for (const [column, share] of values.entries())
      // The square root tells rare confusions from none.
      paths[share === 0 ? 0 : Math.max(1, Math.round(levels * Math.sqrt(share)))]!.push(
        `M${column} ${row + 0.5}h1`,
      );
  return paths.flatMap((cells, level) =>
    level === 0 || cells.length === 0
      ? []
      : [markup`<path stroke-opacity="${round((10 * level) / levels) / 10}" d="${cells.join('')}"/>`],
  );
}
