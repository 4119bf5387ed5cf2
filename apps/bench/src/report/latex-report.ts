import { plainText } from './markup.js';
import { numberText } from './number-text.js';
import type { Report, ResultRow, ResultTable, Study } from './report-model.js';
import { divergedRows, readingNotes, rowText, scopeText, type RowText } from './row-text.js';

/** The tables of results for a paper: one `table` a metric and study; needs the package booktabs. */
export function latexReport(report: Report): string {
  return [
    '% Needs \\usepackage{booktabs} and \\usepackage[T1]{fontenc}.',
    ...[scopeText(report), ...readingNotes].map((note) => `% ${note}`),
    ...report.studies.flatMap((study) => study.tables.map((table) => latexTable(study, table))),
    '',
  ].join('\n');
}

const replacements: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  '%': '\\%',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '\\textquotedbl{}',
  '`': '\\textasciigrave{}',
  "'": '\\textquotesingle{}',
  '±': '$\\pm$',
  '−': '$-$',
  '–': '--',
  '\ufffd': '?',
};

/** Text that LaTeX takes as it is. */
export function escapeLatex(text: string): string {
  return plainText(text)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\{}%$&#_^~<>|"`'±−–\ufffd]/g, (character) => replacements[character]!);
}

function latexTable(study: Study, table: ResultTable): string {
  const { metric } = table;
  const arrow =
    metric.higherIsBetter === undefined ? '' : metric.higherIsBetter ? ' $\\uparrow$' : ' $\\downarrow$';
  const sources = new Set(
    table.rows.flatMap(({ published }) => (published ? [`${published.paper}, ${published.table}`] : [])),
  );
  const published = sources.size === 0 ? '' : ` Published: ${[...sources].map(escapeLatex).join('; ')}.`;
  return `
\\begin{table}[tb]
  \\centering
  \\caption{${escapeLatex(study.name)}: test ${escapeLatex(metric.title)}${arrow}, mean $\\pm$ standard deviation over $n$ seeds after the last epoch; difference with its 95\\,\\% confidence interval, bold where the interval leaves out 0.${published}}
  \\begin{tabular}{lrrrr}
    \\toprule
    Configuration & Published & Ours & $n$ & Difference \\\\
    \\midrule
${[...table.rows.map((row) => latexRow(row, table)), ...divergedRows(study, table).map(latexDivergedRow)].map((row) => `    ${row} \\\\`).join('\n')}
    \\bottomrule
  \\end{tabular}
\\end{table}`;
}

function latexDivergedRow({ configuration, published, n }: RowText): string {
  return `${escapeLatex(configuration)} & ${escapeLatex(published)} & diverged & ${escapeLatex(n)} & --`;
}

function latexRow(row: ResultRow, table: ResultTable): string {
  const text = rowText(row, table);
  const numbers = numberText(table.metric, table.decimals);
  const { comparison, final } = row;
  let difference = '--';
  if (comparison !== undefined) {
    const value = escapeLatex(numbers.difference(comparison.difference));
    const settled = comparison.verdict !== 'within noise' && comparison.judgedBy !== 'none';
    const interval =
      comparison.interval === null
        ? ''
        : ` [${comparison.interval.map((end) => escapeLatex(numbers.difference(end))).join(', ')}]`;
    difference = `${settled ? `\\textbf{${value}}` : value}${interval}`;
  }
  return [
    escapeLatex(text.configuration),
    escapeLatex(text.published),
    escapeLatex(text.ours),
    final.n,
    difference,
  ].join(' & ');
}
