import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumbers } from './read-numbers.js';

const encoder = new TextEncoder();

function read(text: string, length: number): number[] | undefined {
  const bytes = encoder.encode(`x${text}y`);
  const row = new Float32Array(length);
  return readNumbers(bytes, 1, bytes.length - 1, 32, row) ? [...row] : undefined;
}

describe('readNumbers', () => {
  it.each([
    ['1 -2.5 +.5 3. 1e2', [1, -2.5, 0.5, 3, 100]],
    [
      '-0 0001 1.5E-3 123456789012345678 1e-60',
      [-0, 1, Math.fround(1.5e-3), Math.fround(Number('123456789012345678')), 0],
    ],
  ])('reads %j', (text, numbers) => {
    expect(read(text, numbers.length)).toEqual(numbers);
  });

  it.each([
    '',
    '-',
    '.',
    'e5',
    '1e',
    '1e+',
    '1 ',
    ' 1',
    '1 2',
    '1x',
    '0x1',
    'NaN',
    'Infinity',
    '1e39',
    '1,5',
    '١',
  ])('does not take %j for one number', (text) => {
    expect(read(text, 1)).toBeUndefined();
  });

  it('rounds as Number does, for any way to write a number', () => {
    const digits = fc.string({
      unit: fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'),
      minLength: 1,
      maxLength: 25,
    });
    const written = fc
      .tuple(
        fc.constantFrom('', '-', '+'),
        digits,
        fc.option(digits),
        fc.option(fc.integer({ min: -60, max: 40 })),
      )
      .map(([sign, whole, part, exponent]) =>
        [sign, whole, part === null ? '' : `.${part}`, exponent === null ? '' : `e${exponent}`].join(''),
      );
    fc.assert(
      fc.property(fc.oneof(written, fc.double({ noNaN: true }).map(String)), (text) => {
        const value = Math.fround(Number(text));
        expect(read(text, 1)).toEqual(Number.isFinite(value) ? [value] : undefined);
      }),
      { seed: 5, numRuns: 3000 },
    );
  });
});
