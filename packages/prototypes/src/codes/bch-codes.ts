import { createBinaryField, largestDegree } from './binary-field.js';
import type { SphericalCode } from './spherical-code.js';

/**
 * Binary BCH codes with a parity bit, as unit vectors: codeword b becomes `(1 - 2 b) / sqrt(n)`, and two that differ in d of n
 * bits meet at the cosine `1 - 2 d / n`. The first-order Reed-Muller codes, whose vectors are the corners of an orthoplex, are among them.
 *
 * One code for each length up to `dimensions`: of those with at least `classes` codewords, the one of the largest distance.
 *
 * @see MacWilliams & Sloane 1977, "The Theory of Error-Correcting Codes", chapters 7 and 9; Lindstrom et al. 2024 for prototypes.
 */
export function bchCodes(classes: number, dimensions: number): SphericalCode[] {
  const codes: SphericalCode[] = [];
  for (let degree = 2; degree <= largestDegree && 2 ** degree - 1 <= dimensions; degree += 1) {
    const roots = rootsFor(degree, classes);
    if (!roots) continue;
    const length = 2 ** degree - 1;
    const bits = length - roots.exponents.length;
    for (const parity of [0, 1]) {
      const n = length + parity;
      if (n > dimensions) continue;
      const distance = roots.distance + parity * (roots.distance % 2);
      codes.push({
        name: `bch-${n}-${bits}-${distance}`,
        classes: 2 ** bits,
        dimensions: n,
        maxCosine: 1 - (2 * distance) / n,
        rows: (count) => codewords(generatorPolynomial(degree, roots.exponents), length, parity, count),
      });
    }
  }
  return codes;
}

/** The longest run of roots that leaves enough codewords, closed under squaring, and the distance that it guarantees. */
function rootsFor(degree: number, classes: number): { exponents: number[]; distance: number } | undefined {
  const length = 2 ** degree - 1;
  if (2 ** length < classes) return undefined;
  const exponents = new Set<number>();
  let distance = 1;
  for (let next = 1; next < length; next += 1) {
    if (!exponents.has(next)) {
      const coset = [next];
      for (let e = (2 * next) % length; e !== next; e = (2 * e) % length) coset.push(e);
      if (2 ** (length - exponents.size - coset.length) < classes) break;
      for (const exponent of coset) exponents.add(exponent);
    }
    distance = next + 1;
  }
  return { exponents: [...exponents], distance };
}

/** Coefficients, lowest first, of the product of (x - generator^e). */
function generatorPolynomial(degree: number, exponents: readonly number[]): number[] {
  const field = createBinaryField(degree);
  let polynomial = [1];
  for (const exponent of exponents) {
    const root = field.power(exponent);
    const next = [0, ...polynomial];
    for (const [index, coefficient] of polynomial.entries()) {
      next[index]! ^= field.multiply(coefficient, root);
    }
    polynomial = next;
  }
  return polynomial;
}

function codewords(
  generator: readonly number[],
  length: number,
  parity: number,
  count: number,
): Float64Array {
  const n = length + parity;
  const rows = new Float64Array(count * n);
  const word = new Uint8Array(n);
  const size = 1 / Math.sqrt(n);
  for (let message = 0; message < count; message += 1) {
    word.fill(0);
    for (let bit = 0; 2 ** bit <= message; bit += 1) {
      if (Math.floor(message / 2 ** bit) % 2 === 0) continue;
      for (const [index, coefficient] of generator.entries()) word[bit + index]! ^= coefficient;
    }
    if (parity) word[length] = word.reduce((sum, value) => sum ^ value, 0);
    for (let place = 0; place < n; place += 1) rows[message * n + place] = word[place] ? -size : size;
  }
  return rows;
}
