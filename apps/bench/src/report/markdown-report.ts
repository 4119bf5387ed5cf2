import { claimsMarkdown } from './claims/claims-markdown.js';
import type { DrawnPicture } from './pictures/draw-pictures.js';
import { picturesMarkdown } from './pictures/pictures-markdown.js';
import { escapeMarkdown } from './escape-markdown.js';
import type { Figure } from './figures.js';
import { markdownTable } from './markdown-table.js';
import type { Report, Study } from './report-model.js';
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

/** Where a document's links lead, and what it shows. */
export interface DocumentOptions {
  /** The address of a run's folder or a file, as the document has to write it. */
  readonly link: (path: string) => string;
  readonly figures: readonly { readonly figure: Figure; readonly address: string }[];
  /** Where a picture of several experiments is. */
  readonly pictureAddress: (picture: DrawnPicture) => string;
  /** Of the report's title; studies are one below. */
  readonly headingLevel: number;
  /** Left out where the report is a part of a document. */
  readonly title?: string;
}

/** The report as GitHub's Markdown. */
export function markdownReport(report: Report, options: DocumentOptions): string {
  const heading = (below: number, text: string): string =>
    `${'#'.repeat(Math.min(6, options.headingLevel + below))} ${escapeMarkdown(text)}`;
  const parts = [
    ...(options.title === undefined ? [] : [heading(0, options.title)]),
    ...(report.claims === undefined ? [] : [heading(1, 'Claims'), ...claimsMarkdown(report.claims)]),
    ...(report.pictures?.length
      ? [heading(1, 'Pictures'), ...picturesMarkdown(report.pictures, options.pictureAddress)]
      : []),
    ...(report.claims === undefined ? [] : [heading(1, 'Runs')]),
    scopeText(report),
    ...report.studies.flatMap((study) => studyParts(study, options, heading)),
    ...leftOutParts(report, options, heading),
    heading(1, 'How to read the tables'),
    readingNotes.map((note) => `- ${escapeMarkdown(note)}`).join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

type Heading = (below: number, text: string) => string;

function studyParts(study: Study, options: DocumentOptions, heading: Heading): string[] {
  const rows = study.tables.map((table) => [
    ...table.rows.map((row) => rowText(row, table)),
    ...divergedRows(study, table),
  ]);
  const sources = numberSources(rows.flat());
  const tables = study.tables.flatMap(({ metric }, index) => [
    heading(2, `Test ${metric.title}`),
    resultTable(rows[index]!, sources),
  ]);
  const notes = [...sources].map(([source, number]) => `<sup>${number}</sup> ${escapeMarkdown(source)}`);
  return [
    heading(1, study.name),
    ...tables,
    ...(notes.length === 0 ? [] : [notes.join('<br>\n')]),
    ...figureParts(study, options),
    heading(2, 'Time and place'),
    placeTable(study, options),
  ];
}

function resultTable(rows: readonly RowText[], sources: ReadonlyMap<string, number>): string {
  const keys = resultColumns(rows);
  const right = new Set<string>(['published', 'ours', 'difference', 'best']);
  return markdownTable(
    keys.map((key) => resultHeadings[key]),
    rows.map((row) =>
      keys.map((key) => {
        const number = key === 'published' && row.source !== undefined ? sources.get(row.source) : undefined;
        const text = escapeMarkdown(row[key]);
        if (key === 'ours') return `**${text}**`;
        return number === undefined ? text : `${text} <sup>${number}</sup>`;
      }),
    ),
    new Set(keys.flatMap((key, column) => (right.has(key) ? [column] : []))),
  );
}

function placeTable({ configurations }: Study, { link }: DocumentOptions): string {
  const keys = Object.keys(placeHeadings) as (keyof typeof placeHeadings)[];
  return markdownTable(
    [...keys.map((key) => placeHeadings[key]), 'runs, by seed'],
    configurations.map((configuration) => {
      const text = placeText(configuration);
      const links = configuration.runs.map(({ folder, result }) => `[${result.seed}](${link(folder)})`);
      const cell = (key: keyof typeof placeHeadings): string =>
        key === 'command' ? codeText(text[key]) : escapeMarkdown(text[key]);
      return [...keys.map(cell), links.join(' ')];
    }),
    new Set([1, 2, 3, 4]),
  );
}

/** As code, where no character of it could end code or table. */
function codeText(text: string): string {
  return /^[\w .,:/=@%+-]+$/.test(text) ? `\`${text}\`` : escapeMarkdown(text);
}

function figureParts(study: Study, { figures }: DocumentOptions): string[] {
  return figures
    .filter(({ figure: { about } }) => about === study || study.configurations.some((each) => each === about))
    .map(({ figure, address }) => `![${escapeMarkdown(figure.chart.label)}](${address})`);
}

function leftOutParts({ leftOut }: Report, { link }: DocumentOptions, heading: Heading): string[] {
  if (leftOut.length === 0) return [];
  return [
    heading(1, 'Left out'),
    markdownTable(
      ['what', 'run', 'why', 'where'],
      leftOut.map(({ kind, run = '–', reason, path }) => [
        kind,
        escapeMarkdown(run),
        escapeMarkdown(reason),
        `[${kind === 'unreadable' ? 'file' : 'folder'}](${link(path)})`,
      ]),
      new Set(),
    ),
  ];
}
