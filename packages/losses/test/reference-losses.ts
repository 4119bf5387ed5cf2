import {
  cosineOf,
  exponential,
  logarithm,
  minus,
  over,
  plus,
  power,
  root,
  type Scalar,
  sineOf,
  square,
  times,
} from './scalar.js';

export type Row = readonly Scalar[];

const dot = (a: Row, b: Row): Scalar => plus(...a.map((each, axis) => times(each, b[axis]!)));
const length = (row: Row): Scalar => root(dot(row, row));

/** A row of length 1; a zero row stays zero and constant. */
export function unit(row: Row): Row {
  const size = length(row);
  return row.map((each) => (size.value === 0 ? times(each, 0) : over(each, size)));
}

/** Half the lengths of the difference and the sum of two unit rows: sine and cosine of half their angle. */
function halves(a: Row, b: Row): { apart: Scalar; near: Scalar } {
  const half = (combine: typeof minus): Scalar =>
    times(length(a.map((each, axis) => combine(each, b[axis]!))), 0.5);
  return { apart: half(minus), near: half((x, y) => plus(x, y)) };
}

export const cosine = (a: Row, b: Row): Scalar => dot(unit(a), unit(b));

/** `log sum exp` of numbers that may be far apart. */
export function logSumExp(all: readonly Scalar[]): Scalar {
  const largest = Math.max(...all.map(({ value }) => value));
  return plus(logarithm(plus(...all.map((each) => exponential(minus(each, largest))))), largest);
}

export const crossEntropy = (logits: Row, label: number): Scalar =>
  logSumExp(logits.map((each) => minus(each, logits[label]!)));

/** ArcFace's cosine as its manual prints it, from the cosine before it and the half angle when there is one. */
export function angularMargin(own: Scalar, margin: Scalar, sine: Scalar): Scalar {
  if (own.value <= -Math.cos(margin.value)) return minus(own, times(margin, sineOf(margin)));
  return minus(times(own, cosineOf(margin)), times(sine, sineOf(margin)));
}

/** The sine of the angle between two rows, held above 1e-7; that of a right angle for a zero row. */
export function heldSine(a: Row, b: Row): Scalar {
  if (length(a).value === 0) return plus(1);
  const { apart, near } = halves(unit(a), unit(b));
  const sine = times(times(apart, near), 2);
  return sine.value > 1e-7 ? sine : plus(1e-7);
}

/** `2 log|g - p| - (1 + phi) log(1 - |g|^2)`, which is `log(cosh 2r - c sinh 2r) + 2 phi log cosh r`. */
export function busemann(output: Row, prototype: Row, penalty: number): Scalar {
  const [u, p] = [unit(output), unit(prototype)];
  const r = length(output);
  /** `log cosh r - r` */
  const logCosh = minus(logarithm(plus(exponential(times(r, -2)), 1)), Math.LN2);
  if (r.value < 0.01) {
    // By the series of cosh 2r and sinh 2r / r, which need no direction.
    const r2 = dot(output, output);
    const cosh = plus(times(r2, 2), times(square(r2), 2 / 3));
    const sinhOverR = plus(2, times(r2, 4 / 3), times(square(r2), 4 / 15));
    const distance = logarithm(plus(1, minus(cosh, times(dot(output, p), sinhOverR))));
    return plus(distance, times(plus(logCosh, r), 2 * penalty));
  }
  const { apart, near } =
    length(p).value === 0 ? { apart: plus(Math.SQRT1_2), near: plus(Math.SQRT1_2) } : halves(u, p);
  // exp(2r) sin^2(t / 2) + exp(-2r) cos^2(t / 2), without the larger power: multiples of r are added up by themselves.
  const isAhead = Math.log(apart.value) + 2 * r.value > Math.log(near.value);
  const terms = [
    ...(apart.value === 0 ? [] : [plus(times(logarithm(apart), 2), isAhead ? 0 : times(r, 4))]),
    ...(near.value === 0 ? [] : [plus(times(logarithm(near), 2), isAhead ? times(r, -4) : 0)]),
  ];
  return plus(times(r, 2 * (penalty + (isAhead ? 1 : -1))), logSumExp(terms), times(logCosh, 2 * penalty));
}

export const squaredDistance = (a: Row, b: Row): Scalar =>
  plus(...unit(a).map((each, axis) => square(minus(each, unit(b)[axis]!))));

/** `log sum_{j != i} exp(s_ij) - mean_p s_ip` for each anchor with a positive, in the order of rows. */
export function contrastive(rows: readonly Row[], labels: readonly number[], temperature: number): Scalar[] {
  return rows.flatMap((row, i) => {
    const others = rows.map((_, j) => j).filter((j) => j !== i);
    const similarity = (j: number): Scalar => times(cosine(row, rows[j]!), 1 / temperature);
    const positives = others.filter((j) => labels[j] === labels[i]);
    if (positives.length === 0) return [];
    const mean = times(plus(...positives.map(similarity)), 1 / positives.length);
    return [minus(logSumExp(others.map(similarity)), mean)];
  });
}

export function uniformity(rows: readonly Row[], t: number): Scalar {
  const pairs = rows.flatMap((row, i) => rows.slice(i + 1).map((other) => cosine(row, other)));
  return minus(logSumExp(pairs.map((each) => times(minus(each, 1), 2 * t))), Math.log(pairs.length));
}

export { exponential, logarithm, minus, over, plus, power, root, square, times };
