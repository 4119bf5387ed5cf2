/**
 * Student's t distribution, two-sided.
 *
 * @param t - Of any sign; infinite gives 0.
 * @param freedom - Degrees of freedom, above 0; need not be whole.
 * @returns The probability of a value at least as far from 0 as `t`: the p value of a two-sided test.
 *
 * @example
 * studentTProbability(1, 1); // 0.5
 */
export function studentTProbability(t: number, freedom: number): number {
  if (!(freedom > 0)) throw new RangeError(`freedom must be above 0, not ${freedom}.`);
  if (!Number.isFinite(t)) return Number.isNaN(t) ? NaN : 0;
  return regularisedBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
}

/**
 * The t that a two-sided interval of this confidence reaches: `mean ± t * standard error`.
 *
 * @param confidence - Between 0 and 1, such as 0.95.
 * @param freedom - Degrees of freedom, above 0.
 *
 * @example
 * studentTCritical(0.95, 2); // 4.3027
 */
export function studentTCritical(confidence: number, freedom: number): number {
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`confidence must lie between 0 and 1, not ${confidence}.`);
  let low = 0;
  let high = 1;
  while (studentTProbability(high, freedom) > 1 - confidence) high *= 2;
  for (let step = 0; step < 200 && high - low > 1e-14 * high; step += 1) {
    const middle = (low + high) / 2;
    if (studentTProbability(middle, freedom) > 1 - confidence) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** I_x(a, b), by the continued fraction of DLMF 8.17.22 on the side where it converges fast. */
function regularisedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - regularisedBeta(1 - x, b, a);
  const logFront = a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b);
  return (Math.exp(logFront) / a) * betaFraction(x, a, b);
}

/** Evaluates the fraction from the front by Lentz's method. */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || tiny);
  let value = d;
  for (let m = 1; m <= 10_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d || tiny);
    c = 1 + even / c || tiny;
    value *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d || tiny);
    c = 1 + odd / c || tiny;
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return value;
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/** Stirling's series (DLMF 5.11.1) above 10, and the recurrence below. */
function logGamma(x: number): number {
  if (x < 10) return logGamma(x + 1) - Math.log(x);
  const inverse = 1 / (x * x);
  const series =
    (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
}
