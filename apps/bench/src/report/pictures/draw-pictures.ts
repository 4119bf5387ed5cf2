import type { JudgedClaim } from '../claims/judge-claim.js';
import type { SeedRuns } from '../claims/results-by-name.js';
import { bundledExperiment } from '../../experiment/bundled-digest.js';
import { publishedNumbers } from '../../experiment/published-numbers.js';
import type { Chart } from '../charts/chart.js';
import { curvesChart, type Curve } from '../charts/curves-chart.js';
import { differencesChart, type Difference } from '../charts/differences-chart.js';
import { metricScaleOf } from '../metric-scale.js';
import type { RunFiles } from '../read-run-files.js';
import { describeSample } from '../statistics/sample.js';
import { UserError } from '../../records/user-error.js';
import type { CurvesPicture, Picture } from './picture-schema.js';

/** A picture with what stands below it. */
export interface DrawnPicture {
  readonly name: string;
  readonly chart: Chart;
  /** What it shows, of how many runs, and the verdicts of its claims: whole sentences in plain text. */
  readonly caption: string;
}

/** Draws the pictures that have runs; the others are left out until they have. */
export function drawPictures(
  pictures: readonly Picture[],
  {
    runsOf,
    claims,
    files,
  }: {
    readonly runsOf: (name: string) => SeedRuns;
    readonly claims: readonly JudgedClaim[];
    readonly files: Pick<RunFiles, 'config'>;
  },
): DrawnPicture[] {
  return pictures.flatMap((picture) => {
    const says = picture.says.map((name) => findClaim(name, picture, claims));
    const drawn =
      picture.kind === 'curves'
        ? drawCurves(picture, runsOf, files)
        : drawDifferences(
            picture,
            picture.claims.map((name) => findClaim(name, picture, claims)),
          );
    if (drawn === undefined) return [];
    const verdicts = says
      .filter(({ verdict }) => verdict !== 'not run yet')
      .map(({ claim, verdict }) => `${verdict[0]!.toUpperCase()}${verdict.slice(1)}: ${claim.sentence}`);
    return [{ name: picture.name, chart: drawn.chart, caption: [drawn.caption, ...verdicts].join(' ') }];
  });
}

type Drawn = Pick<DrawnPicture, 'chart' | 'caption'>;

function findClaim(name: string, picture: Picture, claims: readonly JudgedClaim[]): JudgedClaim {
  const found = claims.find(({ claim }) => claim.name === name);
  if (found === undefined)
    throw new UserError(`The picture ${picture.name} names the claim ${name}, which there is not.`);
  return found;
}

function drawCurves(
  { title, metric, axis, values, series, published }: CurvesPicture,
  runsOf: (name: string) => SeedRuns,
  files: Pick<RunFiles, 'config'>,
): Drawn | undefined {
  const curves = series.flatMap(({ label, points }): Curve[] => {
    const known = points.flatMap(({ at, experiment }) => {
      const numbers = completedValues(runsOf(experiment), metric);
      if (numbers.length === 0) return [];
      return [
        {
          at,
          ours: describeSample(numbers),
          published: published ? publishedValue(experiment, metric) : undefined,
        },
      ];
    });
    return known.length === 0 ? [] : [{ label, points: known.sort((one, other) => one.at - other.at) }];
  });
  if (curves.length === 0) return undefined;
  const found = series.flatMap(({ points }) =>
    points.flatMap(({ experiment }) => [...runsOf(experiment).values()]),
  );
  const scale = metricScaleOf(metric, found, files);
  const counts = curves.flatMap(({ points }) => points.map(({ ours }) => ours.n));
  const diverged = found.filter(({ result }) => result.status === 'diverged').length;
  const sentences = [
    `Test ${scale.title} after the last epoch, mean ± one standard deviation.`,
    `${countText(counts)} a point${diverged === 0 ? '' : `; ${diverged} more diverged`}.`,
  ];
  const heading = `${title}: test ${scale.title}`;
  return {
    chart: curvesChart({
      title: heading,
      label: `${heading}, over ${axis.label}. ${sentences.join(' ')}`,
      curves,
      factor: scale.factor,
      axis,
      values,
    }),
    caption: `${title}. ${sentences.join(' ')}`,
  };
}

function completedValues(runs: SeedRuns, metric: string): number[] {
  return [...runs.values()].flatMap(({ result }) =>
    result.status === 'completed' ? (result.final?.metrics[metric] ?? []) : [],
  );
}

/** Nothing where it is of other data: it has no place on the same axis. */
function publishedValue(name: string, metric: string): number | undefined {
  const experiment = bundledExperiment(name);
  return (
    experiment &&
    publishedNumbers(experiment).find(
      (published) =>
        published.metric === metric && published.value !== undefined && published.comparable !== false,
    )?.value
  );
}

function drawDifferences({ title }: Picture, claims: readonly JudgedClaim[]): Drawn | undefined {
  const rows = claims.flatMap(({ cells, claim }) =>
    cells.flatMap(({ label, difference, verdict }): Difference[] => {
      if (difference === undefined) return [];
      const { interval } = difference;
      // By the sign alone: a claim's margin is no matter of the picture.
      const side = interval === null ? 2 : interval[0] > 0 ? 0 : interval[1] < 0 ? 1 : 2;
      const colour = verdict === 'not tested' ? 2 : side;
      return [
        {
          label:
            claim.short === undefined ? label : cells.length === 1 ? claim.short : `${claim.short}, ${label}`,
          difference: difference.difference,
          interval,
          colour,
        },
      ];
    }),
  );
  if (rows.length === 0) return undefined;
  const [first] = claims;
  const { metric } = first!;
  const pairs = claims.flatMap(({ cells }) =>
    cells.filter(({ difference }) => difference !== undefined).map((cell) => cell.pairs),
  );
  const sentences = `Differences of test ${metric.title}, between runs of the same seed, with 95 % intervals. ${countText(pairs, 'pair')} a row.`;
  return {
    chart: differencesChart({
      title,
      label: `${title}. ${sentences}`,
      rows,
      factor: metric.factor,
      axis: metric.factor === 100 ? 'difference, points of accuracy' : `difference of ${metric.title}`,
    }),
    caption: `${title}. ${sentences}`,
  };
}

/** `n = 3 runs`, or `n = 2 to 3 runs`. */
function countText(counts: readonly number[], what = 'run'): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return `n = ${least === most ? least : `${least} to ${most}`} ${what}${most === 1 ? '' : 's'}`;
}
