import { bytesOf } from '@hyperspherical/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeNpy, encodeNpy } from './npy.js';
import { prototypesFromNpy } from './prototypes-from-npy.js';
import { prototypesFromJSON, prototypesToJSON } from './prototypes-json.js';
import { simplexPrototypes } from './simplex-prototypes.js';

const whole = simplexPrototypes({ classes: 4, dimensions: 3 });

/** Fails unless `read` gives something or refuses it with a sentence that names what is wrong. */
function expectAnswerOrSentence(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    expect(['RangeError', 'TypeError']).toContain((error as Error).name);
    // Not the engine's own words.
    expect((error as Error).message).toMatch(/npy|rows|values|classes|dimensions|method|prototypes/);
    expect((error as Error).message).not.toMatch(/Cannot read|is not a function|Invalid|undefined \(/);
  }
}

const text = fc.oneof(
  fc.constantFrom("'descr'", "'fortran_order'", "'shape'", '"descr"', "u'x'", "'", '"', '\\'),
  fc.constantFrom(
    "'<f4'",
    "'>f8'",
    "'|O'",
    "'=f2'",
    "'<i8'",
    "'<U9'",
    "[('a', '<f4')]",
    'True',
    'False',
    'None',
  ),
  fc.constantFrom('{', '}', '(', ')', '[', ']', ',', ':', ' ', '\n', '#', '-', '.', 'L', '\u0000', '\u00ff'),
  fc.constantFrom('2', '3', '0', '-1', '1e9', '99999999999999999999', '0x10', '4294967296'),
);

describe('damaged files', () => {
  it('in place of .npy are read or refused by a sentence, whatever stands in their header', () => {
    const header = fc.oneof(
      // Parts of a header in any order, and a right one in which some parts are replaced.
      fc.array(text, { maxLength: 30 }).map((parts) => parts.join('')),
      fc.tuple(text, text, text, fc.nat(60)).map(([descr, order, shape, cut]) => {
        const right = `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': (${shape}, 3), }`;
        return cut < 40 ? right : right.slice(0, cut);
      }),
    );
    fc.assert(
      fc.property(
        header,
        fc.constantFrom(1, 2, 3),
        fc.nat(96),
        fc.integer({ min: -3, max: 3 }),
        (head, version, length, lie) => {
          const claimed = Math.max(0, head.length + lie);
          const size = version === 1 ? Uint16Array.of(claimed) : Uint32Array.of(claimed);
          const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0];
          const file = bytesOf(magic, size, head, Array<number>(length).fill(63));
          expectAnswerOrSentence(() => decodeNpy(file));
          expectAnswerOrSentence(() => prototypesFromNpy(file));
        },
      ),
      { seed: 2, numRuns: 3000 },
    );
  });

  it('in place of .npy are read or refused by a sentence, with any bytes changed', () => {
    const file = encodeNpy(whole);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { maxLength: 4 }), (changes) => {
        const damaged = file.slice();
        for (const [at, byte] of changes) damaged[at] = byte;
        expectAnswerOrSentence(() => prototypesFromNpy(damaged));
      }),
      { seed: 3, numRuns: 1000 },
    );
  });

  it('in place of the JSON of prototypes are read as unit rows or refused by a sentence', () => {
    const anything = fc.oneof(
      fc.constantFrom(null, true, -1, 0, 2.5, 1e9, 1e300, '', '3', 'NaN'),
      fc.jsonValue({ maxDepth: 2 }),
      fc.array(fc.double(), { maxLength: 13 }),
    );
    const fields = fc.constantFrom('classes', 'dimensions', 'method', 'values', '__proto__', 'length');
    fc.assert(
      fc.property(fields, anything, fc.nat(14), anything, (field, value, at, element) => {
        const json = JSON.parse(JSON.stringify(prototypesToJSON(whole))) as Record<string, unknown>;
        const damaged = { ...json, [field]: value };
        const changed = { ...json, values: (json.values as unknown[]).toSpliced(at, 1, element) };
        for (const each of [damaged, changed, value]) {
          expectAnswerOrSentence(() => {
            const { classes, dimensions, values } = prototypesFromJSON(each);
            expect(values).toHaveLength(classes * dimensions);
            expect(Array.from(values).every(Number.isFinite)).toBe(true);
          });
        }
      }),
      { seed: 4, numRuns: 1000 },
    );
  });
});
