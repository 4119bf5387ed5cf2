import { writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { judgeClaim, type JudgedClaim } from './claims/judge-claim.js';
import { claimsFolder, readClaims } from './claims/read-claims.js';
import { resultsByName } from './claims/results-by-name.js';
import { drawPictures, type DrawnPicture } from './pictures/draw-pictures.js';
import { picturesMarkdown } from './pictures/pictures-markdown.js';
import { picturesFolder, readPictures } from './pictures/read-pictures.js';
import { explainFileError } from '../records/explain-file-error.js';
import { findRuns, type FoundRuns } from '../records/find-runs.js';
import { makeFolder } from '../records/make-folder.js';
import { printJson } from '../printing/print-json.js';
import { UserError } from '../records/user-error.js';
import { writeFileDurably } from '../records/write-file-durably.js';
import { readRegularFile } from '../records/read-regular-file.js';
import { svgFile } from './charts/chart.js';
import { withCurrentNumbers } from './current-numbers.js';
import { drawFigures, type Figure } from './figures.js';
import { htmlReport } from './html-report.js';
import { latexReport } from './latex-report.js';
import { markdownReport } from './markdown-report.js';
import { readRunFiles, type RunFiles } from './read-run-files.js';
import { relativeLink } from './relative-link.js';
import { replaceBetweenMarkers } from './replace-between-markers.js';
import type { LeftOut, Report } from './report-model.js';
import { reportJson } from './report-json.js';
import { summariseRuns } from './summarise-runs.js';

type Format = 'markdown' | 'html' | 'svg' | 'png' | 'latex';

/** What `bench report` was asked for. */
export interface ReportOptions {
  readonly out?: string;
  readonly format?: readonly Format[];
  readonly into?: string;
  readonly marker: string;
  readonly title: string;
  /** True for those that come with the bench, or where others are. */
  readonly claims?: true | string;
  /** The same for pictures of several experiments. */
  readonly pictures?: true | string;
  /** The document that shows those pictures between its markers. */
  readonly picturesInto?: string;
  readonly json?: true;
}

/** Reports the runs below some folders: to files, into a document, or as text on stdout. */
export async function writeReport(folders: readonly string[], options: ReportOptions): Promise<void> {
  const { out, into } = options;
  const formats = new Set<Format>(
    options.format ?? (out === undefined ? ['markdown'] : ['markdown', 'html', 'svg']),
  );
  refuseWithoutPlace(formats, options);
  const unreadable: LeftOut[] = [];
  const files = readRunFiles(folders, (path, reason) => {
    unreadable.push({ kind: 'unreadable', path, reason });
  });
  const found = findAll(folders);
  const summary = summariseRuns(found, files);
  const runsOf = resultsByName(found.runs);
  const claims = options.claims === undefined ? undefined : judgeClaims(runsOf, options.claims, files);
  const report: Report = {
    ...summary,
    ...(claims && { claims }),
    ...(options.pictures !== undefined && {
      pictures: drawPictures(readPictures(options.pictures === true ? picturesFolder : options.pictures), {
        runsOf,
        files,
        claims: claims ?? judgeClaims(runsOf, true, files),
      }),
    }),
    leftOut: [...summary.leftOut, ...unreadable],
  };
  for (const { kind, reason } of report.leftOut)
    if (kind === 'unreadable') process.stderr.write(`${reason}\n`);
  if (report.studies.length === 0 && report.claims === undefined) refuseEmpty(folders, report);

  const pictures = formats.has('html') || formats.has('svg') || formats.has('png');
  const figures = pictures ? drawFigures(report) : [];
  const written: string[] = [];
  const write = (path: string, content: string | Uint8Array): void => {
    writeAgain(path, content);
    written.push(path);
  };
  const addresses =
    out === undefined ? [] : await writeFigures(figures, { folder: join(out, 'figures'), formats, write });
  const picturePath = ({ name }: DrawnPicture): string => join(out ?? '.', 'figures', `${name}.svg`);
  for (const picture of report.pictures ?? [])
    write(picturePath(picture), svgFile(picture.chart, 'light and dark'));
  const pictureAddress = (folder: string) => (picture: DrawnPicture) =>
    relativeLink(resolve(folder), resolve(picturePath(picture)));
  const asMarkdown = (folder: string, place: { headingLevel: number; title?: string }): string =>
    markdownReport(report, {
      ...place,
      pictureAddress: pictureAddress(folder),
      link: (path) => relativeLink(resolve(folder), path),
      figures: addresses.map(({ figure, path }) => ({
        figure,
        address: relativeLink(resolve(folder), resolve(path)),
      })),
    });
  const asHtml = (folder: string): string =>
    htmlReport(report, {
      title: options.title,
      figures,
      link: (path) => relativeLink(resolve(folder), path),
    });
  const texts = {
    markdown: (folder: string) => asMarkdown(folder, { headingLevel: 1, title: options.title }),
    html: asHtml,
    latex: () => latexReport(report),
  };
  if (into !== undefined) {
    const document = replaceBetweenMarkers(readDocument(into), options.marker, {
      path: into,
      make: (headingLevel) => asMarkdown(dirname(into), { headingLevel }),
    });
    writeFileDurably(into, [document]);
    written.push(into);
  }
  if (options.picturesInto !== undefined) {
    const path = options.picturesInto;
    const address = pictureAddress(dirname(path));
    const document = replaceBetweenMarkers(readDocument(path), 'pictures', {
      path,
      make: () => picturesMarkdown(report.pictures ?? [], address).join('\n\n'),
    });
    writeFileDurably(path, [document]);
    written.push(path);
  }
  const names = { markdown: 'report.md', html: 'report.html', latex: 'report.tex' };
  for (const format of ['markdown', 'html', 'latex'] as const) {
    if (!formats.has(format)) continue;
    if (out !== undefined) write(join(out, names[format]), texts[format](out));
    else if (!options.json && into === undefined) process.stdout.write(texts[format]('.'));
  }
  if (options.json) printJson(reportJson(report, written));
  else if (written.length > 0) process.stderr.write(`Wrote ${writtenText(written)}.\n`);
}

function judgeClaims(
  runsOf: ReturnType<typeof resultsByName>,
  asked: true | string,
  files: RunFiles,
): JudgedClaim[] {
  return readClaims(asked === true ? claimsFolder : asked).map((claim) => judgeClaim(claim, runsOf, files));
}

/** Not flushed to the disk: what a crash takes can be written again. */
function writeAgain(path: string, content: string | Uint8Array): void {
  try {
    makeFolder(dirname(path));
    writeFileSync(path, content);
  } catch (error) {
    throw explainFileError(error, path);
  }
}

function writtenText(paths: readonly string[]): string {
  const pictures = paths.filter((path) => /\.(svg|png)$/.test(path));
  const documents = paths.filter((path) => !pictures.includes(path)).map((path) => relative('.', path));
  const [first] = pictures;
  if (first === undefined) return documents.join(', ');
  return [...documents, `${pictures.length} pictures in ${relative('.', dirname(first))}`].join(', ');
}

function refuseWithoutPlace(
  formats: ReadonlySet<Format>,
  { out, into, json, pictures, picturesInto }: ReportOptions,
): void {
  if (picturesInto !== undefined && pictures === undefined)
    throw new UserError('--pictures-into needs --pictures: what is to be shown there.');
  if (pictures !== undefined && out === undefined)
    throw new UserError('--pictures needs --out <folder>: where the pictures go.');
  if (out !== undefined) return;
  for (const format of ['svg', 'png'] as const)
    if (formats.has(format))
      throw new UserError(`--format ${format} needs --out <folder>: where the pictures go.`);
  if (formats.size > 1 || (formats.size === 1 && (into !== undefined || json) && !formats.has('markdown')))
    throw new UserError(`--format ${[...formats].join(',')} needs --out <folder>: where the files go.`);
}

function refuseEmpty(folders: readonly string[], { leftOut }: Report): never {
  const kinds = leftOut.map(({ kind }) => kind);
  const counted = [...new Set(kinds)].map(
    (kind) => `${kinds.filter((other) => other === kind).length} ${kind}`,
  );
  const why =
    counted.length === 0 ? 'a run is a folder that holds result.json' : `there is ${counted.join(', ')}`;
  throw new UserError(`No completed run below ${folders.join(', ')}: ${why}.`, {
    exitCode: counted.length === 0 ? 2 : 1,
  });
}

/** The runs below all folders; a run below two of them is one. */
function findAll(folders: readonly string[]): FoundRuns {
  const found = folders.map(findRuns);
  const once = <T>(items: readonly T[], keyOf: (item: T) => string): T[] => [
    ...new Map(items.map((item) => [keyOf(item), item])).values(),
  ];
  return {
    runs: once(
      found.flatMap(({ runs }) => runs),
      ({ folder }) => folder,
    ).map(withCurrentNumbers),
    unfinished: once(
      found.flatMap(({ unfinished }) => unfinished),
      (folder) => folder,
    ),
    unreadable: once(
      found.flatMap(({ unreadable }) => unreadable),
      ({ path }) => path,
    ),
  };
}

interface WriteFiguresOptions {
  readonly folder: string;
  readonly formats: ReadonlySet<Format>;
  readonly write: (path: string, content: string | Uint8Array) => void;
}

/** Writes each figure in each format of pictures; returns where the first of these is. */
async function writeFigures(
  figures: readonly Figure[],
  { folder, formats, write }: WriteFiguresOptions,
): Promise<{ figure: Figure; path: string }[]> {
  const asked = (['svg', 'png'] as const).filter((format) => formats.has(format));
  if (asked.length === 0) return [];
  const svgs = figures.map(({ chart }) => svgFile(chart));
  const place = ({ name }: Figure, format: string): string => join(folder, `${name}.${format}`);
  if (formats.has('svg'))
    for (const [index, figure] of figures.entries()) write(place(figure, 'svg'), svgs[index]!);
  if (formats.has('png')) {
    const { svgToPng } = await import('./svg-to-png.js');
    const pngs = await svgToPng(svgs);
    for (const [index, figure] of figures.entries()) write(place(figure, 'png'), pngs[index]!);
  }
  return figures.map((figure) => ({ figure, path: place(figure, asked[0]!) }));
}

function readDocument(path: string): string {
  return readRegularFile(path, { advice: 'Give a document that has the markers.' }).toString('utf8');
}
