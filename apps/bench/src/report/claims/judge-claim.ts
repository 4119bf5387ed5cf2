import { bundledExperiment } from '../../experiment/bundled-digest.js';
import { differingSettings } from '../differing-settings.js';
import type { RunFiles } from '../read-run-files.js';
import { metricScaleOf, type MetricScale } from '../metric-scale.js';
import { pooledDifferences } from '../statistics/pooled-differences.js';
import type { MeanDifference } from '../statistics/mean-difference.js';
import { describeSample, type Sample } from '../statistics/sample.js';
import { signTest } from '../statistics/sign-test.js';
import type { Claim, ClaimSide } from './claim-schema.js';
import type { SeedRuns } from './results-by-name.js';

/**
 * `shown`: the 95 % interval lies on the claim's side. `contrary`: it lies on the other side. `not shown`: it holds both.
 * `not tested`: there is no spread to judge by, as with one seed. `diverged`, of cells only: so many runs diverged that none or one pair has numbers.
 */
export type ClaimVerdict = 'shown' | 'not shown' | 'contrary' | 'not tested' | 'diverged' | 'not run yet';

/** One cell of a claim, judged. Differences are positive where the claim's better side is better. */
export interface JudgedCell {
  readonly label: string;
  readonly verdict: ClaimVerdict;
  /** Over the pairs; absent where no seed has a number on both sides. */
  readonly better?: Sample;
  readonly than?: Sample;
  readonly difference?: MeanDifference;
  /** Seeds that both sides have, diverged or not. */
  readonly pairs: number;
  readonly wins: number;
  readonly losses: number;
  /** Runs that diverged, among the pairs. */
  readonly diverged: { readonly better: number; readonly than: number };
  /** The paper's difference, where it gives both numbers. */
  readonly published?: number;
  /** Whether those numbers are of other data or in another unit. */
  readonly otherData: boolean;
  /** The experiments of this cell that have no run. */
  readonly missing: readonly string[];
}

/** A claim and what the runs say of it. */
export interface JudgedClaim {
  readonly claim: Claim;
  readonly metric: MetricScale;
  readonly verdict: ClaimVerdict;
  readonly cells: readonly JudgedCell[];
  /** Over the cells that have numbers; absent where none has. */
  readonly mean?: MeanDifference;
  /** Paths of settings in which the two sides of a cell differ besides the head. */
  readonly alsoDiffers: readonly string[];
  /** Over all pairs of all cells; p of the exact sign test. */
  readonly signs: {
    readonly pairs: number;
    readonly wins: number;
    readonly losses: number;
    readonly p: number;
  };
}

/** Judges a claim by the runs that there are: pairs runs of the same seed, cell by cell. */
export function judgeClaim(
  claim: Claim,
  runsOf: (name: string) => SeedRuns,
  files: Pick<RunFiles, 'config'>,
): JudgedClaim {
  const metric = scaleOf(claim, runsOf, files);
  const paired = claim.cells.map((cell) => pairUp(cell, claim, metric, runsOf));
  const measured = paired.filter(({ differences }) => differences.length > 0);
  const judged =
    measured.length === 0
      ? undefined
      : pooledDifferences(
          measured.map(({ differences }) => differences),
          claim.spread,
        );
  const cells = paired.map((pair): JudgedCell => {
    const { differences, ...cell } = pair;
    const difference = judged?.cells[measured.indexOf(pair)];
    return {
      ...cell,
      ...(differences.length > 0 && difference && { difference }),
      verdict: cellVerdict(cell, difference, claim.margin),
    };
  });
  const total = (count: (cell: JudgedCell) => number): number =>
    cells.reduce((sum, cell) => sum + count(cell), 0);
  const [wins, losses] = [total((cell) => cell.wins), total((cell) => cell.losses)];
  const signs = { pairs: total(({ pairs }) => pairs), wins, losses, p: signTest(wins, losses) };
  return {
    claim,
    metric,
    cells,
    verdict: claimVerdict(claim, cells, { mean: judged?.mean, signs }),
    ...(judged && { mean: judged.mean }),
    alsoDiffers: otherDifferences(claim, runsOf, files),
    signs,
  };
}

/** A fair comparison changes the head alone; whatever else differs has to be said. */
function otherDifferences(
  { cells }: Claim,
  runsOf: (name: string) => SeedRuns,
  files: Pick<RunFiles, 'config'>,
): string[] {
  const paths = cells.flatMap(({ better, than }) => {
    if (typeof better !== 'string' || typeof than !== 'string') return [];
    const runs = [better, than].flatMap((name) => [...runsOf(name).values()][0] ?? []);
    if (runs.length < 2) return [];
    return [...differingSettings(runs.map(({ folder }) => files.config(folder))).keys()];
  });
  return [...new Set(paths)].filter((path) => !path.startsWith('head.')).sort();
}

type PairedCell = Omit<JudgedCell, 'verdict' | 'difference'> & { readonly differences: readonly number[] };

function pairUp(
  { label, better, than, published: cell = '' }: Claim['cells'][number],
  { metric: name }: Claim,
  metric: MetricScale,
  runsOf: (name: string) => SeedRuns,
): PairedCell {
  const sign = metric.higherIsBetter === false ? -1 : 1;
  const [left, right] = [seedValues(better, name, runsOf), seedValues(than, name, runsOf)];
  const seeds = [...left.keys()].filter((seed) => right.has(seed)).sort((a, b) => a - b);
  const pairs = seeds.map((seed) => ({ better: left.get(seed)!, than: right.get(seed)! }));
  const whole = pairs.flatMap((pair) =>
    pair.better === 'diverged' || pair.than === 'diverged' ? [] : [{ better: pair.better, than: pair.than }],
  );
  // In binary .7 - .6 is not .4 - .3; differences of equal steps must not pass for spread.
  const differences = whole.map((pair) => sign * Number((pair.better - pair.than).toPrecision(10)));
  const lost = pairs.filter((pair) => pair.better === 'diverged' && pair.than !== 'diverged').length;
  const won = pairs.filter((pair) => pair.than === 'diverged' && pair.better !== 'diverged').length;
  const published = [better, than].map((side) => publishedValue(side, name, cell));
  const names = experimentsOf({ better, than });
  return {
    label,
    differences,
    ...(whole.length > 0 && {
      better: describeSample(whole.map((pair) => pair.better)),
      than: describeSample(whole.map((pair) => pair.than)),
    }),
    pairs: pairs.length,
    wins: won + differences.filter((difference) => difference > 0).length,
    losses: lost + differences.filter((difference) => difference < 0).length,
    diverged: {
      better: pairs.filter((pair) => pair.better === 'diverged').length,
      than: pairs.filter((pair) => pair.than === 'diverged').length,
    },
    ...(published[0] !== undefined &&
      published[1] !== undefined && { published: sign * (published[0] - published[1]) }),
    otherData: names.some((each) => bundledExperiment(each)?.comparable === false),
    missing: names.filter((each) => runsOf(each).size === 0),
  };
}

/** The experiments of both sides. */
function experimentsOf({ better, than }: { readonly better: ClaimSide; readonly than: ClaimSide }): string[] {
  return [better, than].flatMap((side) => (typeof side === 'string' ? [side] : side.spreadOver));
}

function seedValues(
  side: ClaimSide,
  metric: string,
  runsOf: (name: string) => SeedRuns,
): Map<number, number | 'diverged'> {
  if (typeof side === 'string') {
    const values = [...runsOf(side)].flatMap(([seed, { result }]): [number, number | 'diverged'][] => {
      if (result.status === 'diverged') return [[seed, 'diverged']];
      const value = result.final?.metrics[metric] ?? result.extra?.[metric];
      return value === undefined ? [] : [[seed, value]];
    });
    return new Map(values);
  }
  const sides = side.spreadOver.map((name) => seedValues(name, metric, runsOf));
  const seeds = [...sides[0]!.keys()].filter((seed) => sides.every((values) => values.has(seed)));
  return new Map(
    seeds.map((seed) => {
      const values = sides.map((each) => each.get(seed)!);
      const numbers = values.filter((value) => value !== 'diverged');
      return [
        seed,
        numbers.length < values.length ? 'diverged' : Math.max(...numbers) - Math.min(...numbers),
      ];
    }),
  );
}

/** What the paper has for an experiment, or the spread of what it has for several. */
function publishedValue(side: ClaimSide, metric: string, cell: string): number | undefined {
  if (typeof side === 'string')
    return bundledExperiment(side)?.reproduces.find(
      (published) =>
        published.metric === metric && published.value !== undefined && published.cell.includes(cell),
    )?.value;
  const values = side.spreadOver.map((name) => publishedValue(name, metric, cell));
  const known = values.filter((value) => value !== undefined);
  return known.length < values.length ? undefined : Math.max(...known) - Math.min(...known);
}

function scaleOf(
  { metric, cells }: Claim,
  runsOf: (name: string) => SeedRuns,
  files: Pick<RunFiles, 'config'>,
): MetricScale {
  const spread = cells.some(({ better }) => typeof better !== 'string');
  const runs = cells.flatMap(experimentsOf).flatMap((name) => [...runsOf(name).values()]);
  const scale = metricScaleOf(metric, runs, files);
  // Of spreads, less is better whatever they are of.
  return spread ? { ...scale, title: `spread of ${scale.title}`, higherIsBetter: false } : scale;
}

function cellVerdict(
  { pairs, diverged }: Pick<JudgedCell, 'pairs' | 'diverged'>,
  difference: MeanDifference | undefined,
  margin: number,
): ClaimVerdict {
  if (pairs === 0) return 'not run yet';
  const verdict = intervalVerdict(difference, margin);
  if (verdict === 'not tested' && diverged.better + diverged.than > 0) return 'diverged';
  // What diverges has not shown to be better by the runs that did not.
  return verdict === 'shown' && diverged.better > 0 ? 'not shown' : verdict;
}

function intervalVerdict(difference: MeanDifference | undefined, margin: number): ClaimVerdict {
  if (!difference?.interval) return 'not tested';
  const [low, high] = difference.interval;
  if (low > -margin) return 'shown';
  return high < -margin ? 'contrary' : 'not shown';
}

function signVerdict(cells: readonly JudgedCell[], { wins, losses, p }: JudgedClaim['signs']): ClaimVerdict {
  if (p >= 0.05) return 'not shown';
  if (losses > wins) return 'contrary';
  const everywhere = cells.every((cell) => cell.wins > cell.losses && cell.diverged.better === 0);
  return everywhere ? 'shown' : 'not shown';
}

function claimVerdict(
  { holds, margin }: Claim,
  cells: readonly JudgedCell[],
  { mean, signs }: { readonly mean: MeanDifference | undefined; readonly signs: JudgedClaim['signs'] },
): ClaimVerdict {
  if (cells.some(({ verdict }) => verdict === 'not run yet')) return 'not run yet';
  // Without numbers in a cell, what is left is which side was worse how often.
  if (cells.some(({ verdict }) => verdict === 'diverged')) return signVerdict(cells, signs);
  const overall = intervalVerdict(mean, margin);
  if (holds === 'on average') {
    return overall === 'shown' && cells.some(({ diverged }) => diverged.better > 0) ? 'not shown' : overall;
  }
  if (cells.every(({ verdict }) => verdict === 'shown')) return 'shown';
  if (cells.some(({ verdict }) => verdict === 'not tested')) return 'not tested';
  if (cells.every(({ verdict }) => verdict === 'contrary')) return 'contrary';
  return overall === 'contrary' ? 'contrary' : 'not shown';
}
