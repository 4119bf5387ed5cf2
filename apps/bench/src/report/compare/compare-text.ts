import Table from 'cli-table3';
import { decimalsFor, type MetricScale } from '../metric-scale.js';
import { numberText } from '../number-text.js';
import type { SeedComparison } from './compare-seeds.js';

/** What `bench compare` prints: the pairs, then what follows from them. */
export function compareText(comparison: SeedComparison, metric: MetricScale, at: 'final' | 'best'): string {
  const { pairs, a, b, difference } = comparison;
  const values = pairs.flatMap((pair) => [pair.a, pair.b]);
  // One more than in a report: differences are smaller than values.
  const text = numberText(metric, decimalsFor(metric, values) + 1);
  const when = at === 'final' ? 'after the last epoch' : 'at the best epoch, a selection on the test set';
  const table = new Table({
    head: ['seed', 'A', 'B', 'B − A'],
    colAligns: ['right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const pair of pairs)
    table.push([pair.seed, text.value(pair.a), text.value(pair.b), text.difference(pair.difference)]);
  table.push(['mean', text.value(a.mean), text.value(b.mean), text.difference(difference.mean)]);
  return [
    `Test ${metric.title} ${when}`,
    table.toString(),
    judgement(comparison, text),
    `${conclusion(comparison, metric)} ${signText(comparison, metric)}`,
  ].join('\n');
}

function judgement({ difference, interval, p }: SeedComparison, text: ReturnType<typeof numberText>): string {
  const { n, mean, deviation } = difference;
  const start = `B − A: ${text.difference(mean)}`;
  if (deviation === null) return `${start}, of one pair: no spread, no test. Run more seeds.`;
  if (interval === null || p === null) return `${start} for each of ${n} pairs alike: no spread, no test.`;
  const probability = p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`;
  return `${start}, standard deviation ${text.value(deviation)}, 95 % interval ${text.interval(interval)}; paired t test ${probability}, n = ${n}.`;
}

function conclusion({ difference, interval }: SeedComparison, { higherIsBetter }: MetricScale): string {
  if (difference.n === 1) return 'One pair shows nothing.';
  if (interval === null)
    return difference.mean === 0 ? 'A and B are equal in these runs.' : 'That is no proof of a difference.';
  if (interval[0] <= 0 && interval[1] >= 0) return 'Within noise: the interval holds 0.';
  const higher = difference.mean > 0;
  const word =
    higherIsBetter === undefined
      ? higher
        ? 'higher'
        : 'lower'
      : higher === higherIsBetter
        ? 'better'
        : 'worse';
  return `B is ${word}.`;
}

function signText({ pairs, signs }: SeedComparison, { higherIsBetter }: MetricScale): string {
  const count = higherIsBetter === false ? signs.lower : signs.higher;
  const word = higherIsBetter === undefined ? 'higher' : 'better';
  const equal = signs.equal === 0 ? '' : `, the same in ${signs.equal}`;
  return `B is ${word} in ${count} of ${pairs.length} ${pairs.length === 1 ? 'pair' : 'pairs'}${equal}.`;
}
