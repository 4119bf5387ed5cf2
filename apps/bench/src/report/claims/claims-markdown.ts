import { escapeMarkdown } from '../escape-markdown.js';
import { markdownTable } from '../markdown-table.js';
import { decimalsFor } from '../metric-scale.js';
import { numberText, type NumberText } from '../number-text.js';
import type { JudgedCell, JudgedClaim } from './judge-claim.js';

/** How claims are to be read: whole sentences, in plain text. */
export const claimNotes: readonly string[] = [
  'Differences are between runs of the same seed, after the last epoch, with 95 % intervals of paired t tests; positive is on the claim’s side. Shown: the interval lies on that side in every cell, or over the mean where the claim is one of averages; contrary: it lies on the other side; not shown: it holds both.',
  'Where a claim has several cells, such as dimensions, the spread between seeds is taken as the same in each, as in an analysis of variance, unless it says “own spread”. With 3 seeds alone a difference has to be 2.5 times the spread of the differences to be shown; over 4 such cells, 1.3 times.',
  'Better in: how many pairs of runs are better, over all cells, and p of the exact sign test, which needs no spread and counts a run that diverged as the worse one. Where so many runs diverged that a cell has no interval, the claim is judged by this test alone, at p below 0.05 and no cell against it. With 3 pairs it can never fall below 0.25, with 6 below 0.03.',
  'Three seeds can show large differences and cannot show small ones; no intervals are widened for the number of claims. Not run yet: a cell has no pair of runs. Not tested: there is no spread, as with one seed.',
];

/** Claims as a table, then each with its cells, folded. */
export function claimsMarkdown(claims: readonly JudgedClaim[]): string[] {
  return [
    markdownTable(
      ['claim', 'verdict', 'mean difference', 'better in', 'source'],
      claims.map((claim) => [
        escapeMarkdown(claim.claim.sentence),
        `**${claim.verdict}**${escapeMarkdown(cellCount(claim))}`,
        escapeMarkdown(meanText(claim)),
        escapeMarkdown(signText(claim)),
        escapeMarkdown(claim.claim.source ?? 'ours'),
      ]),
      new Set([2]),
    ),
    claimNotes.map((note) => `- ${escapeMarkdown(note)}`).join('\n'),
    ...claims.map(claimDetails),
  ];
}

/** Where the verdict of a claim's cells differ from the claim's, how many of them have which. */
export function cellCount({ verdict, cells }: JudgedClaim): string {
  if (cells.length === 1) return '';
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(cell.verdict, (counts.get(cell.verdict) ?? 0) + 1);
  if (counts.get(verdict) === cells.length) return `, ${cells.length} cells`;
  return `: ${[...counts].map(([name, count]) => `${name} in ${count}`).join(', ')} of ${cells.length} cells`;
}

/** In how many pairs a claim's better side is better, and p of the sign test. */
export function signText({ signs: { pairs, wins, losses, p } }: JudgedClaim): string {
  if (pairs === 0) return '–';
  const tested = wins + losses < 2 ? '' : `, p = ${p < 0.001 ? p.toExponential(0) : p.toFixed(3)}`;
  return `${wins} of ${pairs}${tested}`;
}

/** A claim's mean difference with its interval. */
export function meanText(claim: JudgedClaim): string {
  return claim.mean === undefined ? '–' : differenceText(claim.mean, textOf(claim));
}

function textOf({ metric, cells }: JudgedClaim): NumberText {
  const means = cells.flatMap(({ better, than }) => [better, than].flatMap((sample) => sample?.mean ?? []));
  // One more than in a report: differences are smaller than values.
  return numberText(metric, decimalsFor(metric, means) + 1);
}

function differenceText(
  { difference, interval }: NonNullable<JudgedClaim['mean']>,
  text: NumberText,
): string {
  return `${text.difference(difference)}${interval === null ? '' : ` (${text.interval(interval)})`}`;
}

function claimDetails(judged: JudgedClaim): string {
  const { claim, metric, cells } = judged;
  const text = textOf(judged);
  const higher = metric.higherIsBetter !== false;
  const notes = [
    `Test ${metric.title}; a positive difference is ${higher ? 'more' : 'less'} of it.`,
    ...(claim.margin > 0
      ? [
          `The claim allows a loss of ${text.value(claim.margin)}: shown where the interval lies above −${text.value(claim.margin)}.`,
        ]
      : []),
    ...(claim.spread === 'own' ? ['Each cell is judged by its own spread.'] : []),
    ...cells.flatMap(({ label, missing }) =>
      missing.length === 0 ? [] : [`${label}: no run yet of ${missing.join(', ')}.`],
    ),
    ...(judged.alsoDiffers.length === 0
      ? []
      : [`Besides the head, the two sides differ in ${judged.alsoDiffers.join(', ')}.`]),
  ];
  const summary = escapeMarkdown(`${claim.sentence} ${judged.verdict}.`);
  return [
    `<details><summary>${summary.replace(/ ([a-z ]+\.)$/, ' <b>$1</b>')}</summary>`,
    markdownTable(
      ['', 'claimed better', 'than', 'difference', 'runs', 'better in', 'paper', 'verdict'],
      cells.map((cell) => [
        escapeMarkdown(cell.label),
        escapeMarkdown(cell.better ? text.spread(cell.better.mean, cell.better.deviation) : '–'),
        escapeMarkdown(cell.than ? text.spread(cell.than.mean, cell.than.deviation) : '–'),
        escapeMarkdown(cell.difference === undefined ? '–' : differenceText(cell.difference, text)),
        escapeMarkdown(runsText(cell)),
        cell.pairs === 0 ? '–' : `${cell.wins} of ${cell.pairs}`,
        escapeMarkdown(publishedText(cell, text)),
        cell.verdict,
      ]),
      new Set([1, 2, 3, 6]),
    ),
    escapeMarkdown(notes.join(' ')),
    '</details>',
  ].join('\n\n');
}

function publishedText({ published, otherData }: JudgedCell, text: NumberText): string {
  if (published === undefined) return '–';
  return `${text.difference(published)}${otherData ? ' (other data)' : ''}`;
}

function runsText({ pairs, diverged }: JudgedCell): string {
  const lost = [
    ...(diverged.better > 0 ? [`${diverged.better} of the first diverged`] : []),
    ...(diverged.than > 0 ? [`${diverged.than} of the second diverged`] : []),
  ];
  return [pairs === 0 ? '–' : `${pairs} each`, ...lost].join(', ');
}
