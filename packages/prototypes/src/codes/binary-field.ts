// Primitive polynomials over GF(2) by degree, the coefficient of x^i in bit i.
const primitivePolynomials: Readonly<Record<number, number>> = {
  2: 0x7,
  3: 0xb,
  4: 0x13,
  5: 0x25,
  6: 0x43,
  7: 0x89,
  8: 0x11d,
  9: 0x211,
  10: 0x409,
  11: 0x805,
  12: 0x1053,
};

/** The largest degree of a field that `createBinaryField` knows. */
export const largestDegree = 12;

/** The finite field of 2^degree elements, each an integer whose bits are its coefficients. */
export interface BinaryField {
  readonly degree: number;
  /** 2^degree. */
  readonly size: number;
  /** The generator to the given power, which may be any integer from 0. */
  power(exponent: number): number;
  multiply(left: number, right: number): number;
  /** The sum of the conjugates x, x^2, x^4, ...: 0 or 1. */
  trace(element: number): number;
}

/** Makes the field of 2^degree elements, for a degree from 2 to 12. */
export function createBinaryField(degree: number): BinaryField {
  const size = 2 ** degree;
  const powers = new Int32Array(size - 1);
  const logarithms = new Int32Array(size);
  let element = 1;
  for (let exponent = 0; exponent < size - 1; exponent += 1) {
    powers[exponent] = element;
    logarithms[element] = exponent;
    element <<= 1;
    if (element >= size) element ^= primitivePolynomials[degree]!;
  }
  const power = (exponent: number) => powers[exponent % (size - 1)]!;
  const multiply = (left: number, right: number) =>
    left === 0 || right === 0 ? 0 : power(logarithms[left]! + logarithms[right]!);
  return {
    degree,
    size,
    power,
    multiply,
    trace(start) {
      let sum = 0;
      for (let conjugate = start, step = 0; step < degree; step += 1) {
        sum ^= conjugate;
        conjugate = multiply(conjugate, conjugate);
      }
      return sum;
    },
  };
}
