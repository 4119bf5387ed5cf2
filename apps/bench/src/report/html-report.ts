import { claimsSection } from './claims/claims-section.js';
import { chartStyle } from './charts/chart-style.js';
import { inlineSvg } from './charts/chart.js';
import type { Figure } from './figures.js';
import { markup, Markup } from './markup.js';
import type { DocumentOptions } from './markdown-report.js';
import { pageStyle } from './page-style.js';
import type { Configuration, Report, Study } from './report-model.js';
import {
  divergedRows,
  numberSources,
  placeHeadings,
  placeText,
  readingNotes,
  resultColumns,
  resultHeadings,
  rowText,
  scopeText,
  type RowText,
} from './row-text.js';

/** Studies of at most so many configurations show their details at once. */
const fewConfigurations = 4;

/** The report as one page that needs nothing else: no script, no network, light and dark by the reader's setting. */
export function htmlReport(
  report: Report,
  options: Pick<DocumentOptions, 'link'> & { readonly figures: readonly Figure[]; readonly title: string },
): string {
  const { title } = options;
  const anchors = report.studies.map((_, index) => `study-${index + 1}`);
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>
${new Markup(pageStyle)}
${new Markup(chartStyle('light'))}
@media (prefers-color-scheme: dark) {
${new Markup(chartStyle('dark'))}
}
</style>
</head>
<body>
<header><h1>${title}</h1>
<p>${scopeText(report)}</p>
${report.studies.length < 2 ? undefined : markup`<nav aria-label="Studies">${report.studies.map(({ name }, index) => markup`<a href="#${anchors[index]}">${name}</a> `)}</nav>`}
</header>
<main>
${claimsSection(report.claims)}
${
  report.pictures?.length
    ? markup`<section id="pictures"><h2>Pictures</h2><div class="figures">${report.pictures.map(({ chart, caption }) => markup`<figure>${inlineSvg(chart)}<figcaption>${caption}</figcaption></figure>`)}</div></section>`
    : undefined
}
${report.studies.map((study, index) => studySection(study, anchors[index]!, options))}
${leftOutSection(report, options.link)}
<section><h2>How to read the tables</h2><ul class="notes">${readingNotes.map((note) => markup`<li>${note}</li>`)}</ul></section>
</main>
</body>
</html>
`.text;
}

type Options = Parameters<typeof htmlReport>[1];

function studySection(study: Study, anchor: string, { link, figures }: Options): Markup {
  const rows = study.tables.map((table) => [
    ...table.rows.map((row) => rowText(row, table)),
    ...divergedRows(study, table),
  ]);
  const sources = numberSources(rows.flat());
  const own = figures.filter(({ about }) => about === study);
  const details = study.configurations.flatMap((configuration) =>
    figures.filter(({ about }) => about === configuration),
  );
  return markup`<section id="${anchor}"><h2>${study.name}</h2>
${study.tables.map((table, index) => markup`<h3>Test ${table.metric.title}</h3>${resultTable(rows[index]!, sources)}`)}
${sources.size === 0 ? undefined : markup`<ol class="sources">${[...sources.keys()].map((source) => markup`<li>${source}</li>`)}</ol>`}
<div class="figures">${own.map(figureElement)}</div>
${
  details.length === 0
    ? undefined
    : markup`<details${new Markup(study.configurations.length <= fewConfigurations ? ' open' : '')}><summary>Confusions, predictions and spheres of one run each</summary><div class="figures">${details.map(figureElement)}</div></details>`
}
<h3>Time and place</h3>
${placeTable(study.configurations, link)}
</section>`;
}

function figureElement({ chart, caption }: Figure): Markup {
  return markup`<figure>${inlineSvg(chart)}<figcaption>${caption}</figcaption></figure>`;
}

function resultTable(rows: readonly RowText[], sources: ReadonlyMap<string, number>): Markup {
  const keys = resultColumns(rows);
  const cell = (row: RowText, key: keyof typeof resultHeadings): Markup => {
    if (key === 'configuration') return markup`<th scope="row">${row[key]}</th>`;
    if (key === 'ours') return markup`<td class="number"><strong>${row[key]}</strong></td>`;
    if (key === 'verdict')
      return markup`<td><span class="verdict ${row[key].replaceAll(/[^a-z]+/g, '-')}">${row[key]}</span></td>`;
    const number = key === 'published' && row.source !== undefined ? sources.get(row.source) : undefined;
    const kind = key === 'n' ? 'words' : 'number';
    return markup`<td class="${kind}">${row[key]}${number === undefined ? undefined : markup`<sup>${number}</sup>`}</td>`;
  };
  return markup`<div class="scroll"><table>
<thead><tr>${keys.map((key) => markup`<th scope="col" class="${key === 'configuration' || key === 'n' || key === 'verdict' ? 'words' : 'number'}">${resultHeadings[key]}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) => markup`<tr>${keys.map((key) => cell(row, key))}</tr>
`,
  )}</tbody></table></div>`;
}

function placeTable(configurations: readonly Configuration[], link: Options['link']): Markup {
  const keys = Object.keys(placeHeadings) as (keyof typeof placeHeadings)[];
  const numbers = new Set<string>(['parameters', 'epochs', 'time', 'imagesPerSecond']);
  const kind = (key: string): string => (numbers.has(key) ? 'number' : 'words');
  return markup`<div class="scroll"><table>
<thead><tr>${keys.map((key) => markup`<th scope="col" class="${kind(key)}">${placeHeadings[key]}</th>`)}<th scope="col" class="words">runs, by seed</th></tr></thead>
<tbody>${configurations.map((configuration) => {
    const text = placeText(configuration);
    const links = configuration.runs.map(
      ({ folder, result }) => markup`<a href="${link(folder)}">${result.seed}</a> `,
    );
    return markup`<tr>${keys.map((key) => (key === 'configuration' ? markup`<th scope="row">${text[key]}</th>` : markup`<td class="${kind(key)} ${key}">${text[key]}</td>`))}<td class="words">${links}</td></tr>
`;
  })}</tbody></table></div>`;
}

function leftOutSection({ leftOut }: Report, link: Options['link']): Markup | undefined {
  if (leftOut.length === 0) return undefined;
  return markup`<section id="left-out"><h2>Left out</h2><div class="scroll"><table>
<thead><tr><th scope="col" class="words">run</th><th scope="col" class="words">what</th><th scope="col" class="words">why</th><th scope="col" class="words">where</th></tr></thead>
<tbody>${leftOut.map(
    ({ kind, run, reason, path }) =>
      markup`<tr><th scope="row">${run ?? '–'}</th><td>${kind}</td><td class="long">${reason}</td><td><a href="${link(path)}">${kind === 'unreadable' ? 'file' : 'folder'}</a></td></tr>
`,
  )}</tbody></table></div></section>`;
}
