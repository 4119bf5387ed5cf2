import { createBinaryField } from './binary-field.js';
import type { SphericalCode } from './spherical-code.js';

/**
 * Real mutually unbiased bases in D = 4, 16, 64 or 256 dimensions, with their negatives: `D^2 + 2 D` vectors, the cosine of
 * two from different bases is `+-1 / sqrt(D)`. The standard basis, and for every a in GF(D/2) the signs
 * `(-1)^(Q_a(x) + b.x)`, where the Kerdock forms `Q_a(y, e) = sum over i of Tr((a y)^(1 + 2^i)) + e Tr(a y)` differ by
 * forms of full rank.
 *
 * @see Kerdock 1972; Calderbank, Cameron, Kantor & Seidel 1997, "Z4-Kerdock codes, orthogonal spreads, and extremal Euclidean line-sets".
 */
export const mutuallyUnbiasedBases: readonly SphericalCode[] = [2, 4, 6, 8].map((degree) => {
  const dimensions = 2 ** degree;
  return {
    name: `mutually-unbiased-bases-${dimensions}`,
    classes: dimensions * (dimensions + 2),
    dimensions,
    maxCosine: 1 / Math.sqrt(dimensions),
    rows: (count) => kerdockRows(degree, count),
  };
});

function kerdockRows(degree: number, count: number): Float64Array {
  const dimensions = 2 ** degree;
  const rows = new Float64Array(count * dimensions);
  const size = 1 / Math.sqrt(dimensions);
  for (let row = 0; row < count; row += 1) {
    const basis = Math.floor(row / (2 * dimensions));
    const member = row % dimensions;
    const sign = row % (2 * dimensions) < dimensions ? 1 : -1;
    const start = row * dimensions;
    if (basis === 0) {
      rows[start + member] = sign;
      continue;
    }
    const form = kerdockForm(degree, basis - 1);
    for (let x = 0; x < dimensions; x += 1) {
      rows[start + x] = (form[x]! ^ parity(member & x)) === 0 ? sign * size : -sign * size;
    }
  }
  return rows;
}

const forms = new Map<string, Uint8Array>();

/** Q_a(x) for every x = (y, e), e in the lowest bit. */
function kerdockForm(degree: number, a: number): Uint8Array {
  const key = `${degree} ${a}`;
  let form = forms.get(key);
  if (form) return form;
  // GF(2) has no entry of its own among the fields: for degree 2, y is a bit and the sum over i is empty.
  const field = degree === 2 ? undefined : createBinaryField(degree - 1);
  form = Uint8Array.from({ length: 2 ** degree }, (_, x) => {
    const product = field ? field.multiply(a, x >> 1) : a & (x >> 1);
    let value = (x & 1) * (field ? field.trace(product) : product);
    let conjugate = product;
    for (let i = 1; field && i <= (degree - 2) / 2; i += 1) {
      conjugate = field.multiply(conjugate, conjugate);
      value ^= field.trace(field.multiply(product, conjugate));
    }
    return value;
  });
  forms.set(key, form);
  return form;
}

function parity(bits: number): number {
  let sum = 0;
  for (let rest = bits; rest > 0; rest >>= 1) sum ^= rest & 1;
  return sum;
}
