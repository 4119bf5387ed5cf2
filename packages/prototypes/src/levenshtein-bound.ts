import { largestJacobiZero } from './largest-jacobi-zero.js';

// Of the zeros' degrees. Enough for millions of classes in 4 dimensions; in 3, Fejes Toth's bound is larger.
const largestDegree = 400;

/**
 * Levenshtein's lower bound on the largest cosine of `classes` unit vectors in `dimensions` dimensions, at least 3.
 * No arrangement can do better. It is the s with L(s) = classes, where L grows in pieces L_1, L_2, L_3, ... that meet
 * at zeros of Jacobi polynomials. Where s is beyond the first 800 pieces, the end of the last of these is given: a smaller
 * bound, and as proven.
 *
 * @see Levenshtein 1998, "Universal bounds for codes and designs", in the Handbook of Coding Theory.
 *
 * @example
 * levenshteinBound({ classes: 100, dimensions: 10 }); // 0.2784
 */
export function levenshteinBound({
  classes,
  dimensions,
}: {
  readonly classes: number;
  readonly dimensions: number;
}): number {
  const shift = (dimensions - 3) / 2;
  let low = -1;
  for (let k = 1; k <= largestDegree; k += 1) {
    // The odd piece 2k - 1 ends where the even piece 2k begins.
    const middle = largestJacobiZero(k, 1 + shift, shift);
    if (odd(k, dimensions, middle) >= classes) {
      return solve((s) => odd(k, dimensions, s), classes, low, middle);
    }
    const high = largestJacobiZero(k, 1 + shift, 1 + shift);
    if (even(k, dimensions, high) >= classes) {
      return solve((s) => even(k, dimensions, s), classes, middle, high);
    }
    low = high;
  }
  return low;
}

function odd(k: number, dimensions: number, s: number): number {
  const [before, at] = gegenbauer(k, dimensions, s);
  return (
    binomial(k + dimensions - 3, k - 1) *
    ((2 * k + dimensions - 3) / (dimensions - 1) - (before - at) / ((1 - s) * at))
  );
}

function even(k: number, dimensions: number, s: number): number {
  const [at, after] = gegenbauer(k + 1, dimensions, s);
  return (
    binomial(k + dimensions - 2, k) *
    ((2 * k + dimensions - 1) / (dimensions - 1) - ((1 + s) * (at - after)) / ((1 - s) * (at + after)))
  );
}

/** P_{k-1}(s) and P_k(s), the Gegenbauer polynomials of the sphere, with P(1) = 1. */
function gegenbauer(k: number, dimensions: number, s: number): [number, number] {
  let before = 1;
  let at = s;
  for (let i = 1; i < k; i += 1) {
    [before, at] = [at, ((2 * i + dimensions - 2) * s * at - i * before) / (i + dimensions - 2)];
  }
  return [before, at];
}

function binomial(n: number, k: number): number {
  let result = 1;
  for (let i = 1; i <= k; i += 1) result *= (n - k + i) / i;
  return result;
}

/** The s in [low, high] where the increasing function reaches `value`. */
function solve(f: (s: number) => number, value: number, low: number, high: number): number {
  for (;;) {
    const middle = (low + high) / 2;
    if (!(middle > low && middle < high)) return middle;
    if (f(middle) < value) low = middle;
    else high = middle;
  }
}
