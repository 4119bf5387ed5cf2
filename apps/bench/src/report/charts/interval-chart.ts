import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { ResultRow, ResultTable } from '../report-model.js';
import { markup, type Markup } from '../markup.js';
import { chartWidth, fitMiddle, legend, round, textWidth, type Chart } from './chart.js';

const rowHeight = 30;
const top = 34;
const diamond = 'M0 -5.5L5.5 0L0 5.5L-5.5 0Z';

/** Each configuration's runs, their mean with one standard deviation, and the published value, on one scale. */
export function intervalChart(
  rows: readonly ResultRow[],
  { metric: { factor, title } }: ResultTable,
  labels: { readonly title: string; readonly label: string },
): Chart {
  const [, widest = 0] = extent(rows.map(({ configuration }) => textWidth(configuration.label)));
  const left = Math.min(190, widest) + 20;
  const bottom = top + rows.length * rowHeight;
  const x = scaleLinear(domainOf(rows, factor), [left + 8, chartWidth - 16]).nice(5);
  const place = (value: number): number => round(x(factor * value));
  const span = (mean: number, deviation: number | null | undefined): Markup | undefined =>
    deviation === null || deviation === undefined
      ? undefined
      : markup`M${place(mean - deviation)} 0H${place(mean + deviation)}`;
  const anyPublished = rows.some(({ published }) => published?.value !== undefined);
  const key = legend(
    [
      {
        text: 'mean ± standard deviation',
        sample: markup`<path class="line s0" stroke-width="2" d="M0 0H20"/><circle class="dot s0" cx="10" r="5"/>`,
      },
      { text: 'a run', sample: markup`<path class="line s0" stroke-width="1.5" d="M14 -5V5"/>` },
      ...(rows.some(({ final }) => final.n === 1)
        ? [
            {
              text: 'one run alone',
              sample: markup`<circle class="hollow s0" cx="12" r="4" stroke-width="1.6"/>`,
            },
          ]
        : []),
      ...(anyPublished
        ? [
            {
              text: 'published ± standard deviation',
              sample: markup`<g class="s1"><path class="line" stroke-width="2" d="M0 0H20"/><path class="hollow" stroke-width="1.6" d="${diamond}" transform="translate(10 0)"/></g>`,
            },
          ]
        : []),
    ],
    bottom + 44,
  );
  return {
    width: chartWidth,
    height: bottom + 34 + key.height,
    label: labels.label,
    content: markup`<text class="heading" x="8" y="16">${labels.title}</text>
${x.ticks(5).map((tick) => markup`<path class="grid" d="M${round(x(tick))} ${top - 6}V${bottom}"/><text class="muted" x="${round(x(tick))}" y="${bottom + 15}" text-anchor="middle">${x.tickFormat(5)(tick)}</text>`)}
<text class="muted" x="${chartWidth - 16}" y="${bottom + 30}" text-anchor="end">${title}</text>
${rows.map(({ configuration, final, seeds, published }, index) => {
  const middle = top + (index + 0.5) * rowHeight;
  const repeated = rows[index - 1]?.configuration === configuration;
  const ours = published?.value === undefined ? middle - 2 : middle - 6;
  return markup`<g>
${repeated ? undefined : markup`<text x="8" y="${middle + 3}">${fitMiddle(configuration.label, left - 16)}</text>`}
<g class="s0" transform="translate(0 ${ours})"><path class="line" stroke-width="2" d="${span(final.mean, final.deviation)}"/>
${final.n === 1 ? undefined : markup`<path class="line" stroke-width="1.5" d="${seeds.map(({ final: value }) => `M${place(value)} -5V5`).join('')}"/>`}
<circle class="${final.n === 1 ? 'hollow' : 'dot'}" stroke-width="1.6" cx="${place(final.mean)}" r="4"/></g>
${published?.value === undefined ? undefined : markup`<g class="s1" transform="translate(0 ${middle + 6})"><path class="line" stroke-width="2" d="${span(published.value, published.deviation)}"/><path class="hollow" stroke-width="1.6" d="${diamond}" transform="translate(${place(published.value)} 0)"/></g>`}
</g>`;
})}
<path class="axis" d="M${left + 8} ${bottom}H${chartWidth - 16}"/>
${key.content}`,
  };
}

function domainOf(rows: readonly ResultRow[], factor: number): [number, number] {
  const values = rows.flatMap(({ final, seeds, published }) => [
    final.mean - (final.deviation ?? 0),
    final.mean + (final.deviation ?? 0),
    ...seeds.map(({ final: value }) => value),
    ...(published?.value === undefined
      ? []
      : [published.value - (published.deviation ?? 0), published.value + (published.deviation ?? 0)]),
  ]);
  const [low = 0, high = 1] = extent(values.map((value) => factor * value));
  return low === high ? [low - 1, high + 1] : [low, high];
}
