import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import createAssembler from 'wabt';
import { planResize, type ResizePlan } from './resize-plan.js';
import { wasm } from './resize-rgb-wasm.js';
import { createRgbResizer } from './rgb-resizer.js';

/** The same one number at a time: rows first, rounded to bytes, then columns. */
function resizeSlowly(
  source: Uint8Array,
  width: number,
  { rows, columns, top, left }: ResizePlan,
  wished: readonly [number, number],
): Uint8Array {
  const pixels = new Uint8Array(wished[0] * wished[1] * 3);
  const sum = (weights: Int16Array, from: number, valueOf: (tap: number) => number) => {
    let total = 2048;
    for (let tap = 0; tap < 4; tap += 1) total += weights[from + tap]! * valueOf(tap);
    return total >> 12;
  };
  for (const [row, startRow] of rows.starts.entries()) {
    const line = Uint8Array.from({ length: width * 3 }, (_, at) =>
      sum(rows.weights, row * 4, (tap) => source[(startRow + tap) * width * 3 + at]!),
    );
    for (const [column, startColumn] of columns.starts.entries()) {
      for (let channel = 0; channel < 3; channel += 1) {
        pixels[((top + row) * wished[1] + left + column) * 3 + channel] = sum(
          columns.weights,
          column * 4,
          (tap) => line[(startColumn + tap) * 3 + channel]!,
        );
      }
    }
  }
  return pixels;
}

describe('createRgbResizer', () => {
  it('is what resize-rgb.wat says', async () => {
    const assembler = await createAssembler();
    const text = await readFile(new URL('resize-rgb.wat', import.meta.url), 'utf8');
    const module = assembler.parseWat('resize-rgb.wat', text, { simd: true });
    expect(wasm).toBe(Buffer.from(module.toBinary({}).buffer).toString('base64'));
  });

  it('gives the numbers of plain arithmetic, for images of any size one after the other', async () => {
    const resize = await createRgbResizer();
    const wishes = fc.tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 70 }));
    const fractions = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        wishes,
        fractions,
        fractions,
        fc.constantFrom('cover', 'contain', 'fill'),
        fc.infiniteStream(fc.nat(255)),
        (wished, more, wider, fit, bytes) => {
          const height = Math.floor(wished[0] * (1 + more));
          const width = Math.floor(wished[1] * (1 + wider));
          const plan = planResize([height, width], wished, fit);
          fc.pre(plan !== undefined);
          const source = Uint8Array.from({ length: height * width * 3 }, () => Number(bytes.next().value));
          const pixels = new Uint8Array(wished[0] * wished[1] * 3);
          resize(source, width, plan, pixels, wished[1]);
          expect(Buffer.compare(pixels, resizeSlowly(source, width, plan, wished))).toBe(0);
        },
      ),
      { seed: 5, numRuns: 60 },
    );
  });

  it('rounds full white as sharp does: to 255 or, where cut weights sum to less, 254', async () => {
    const resize = await createRgbResizer();
    const pixels = new Uint8Array(40 * 30 * 3);
    const plan = planResize([60, 51], [40, 30], 'fill')!;
    resize(new Uint8Array(60 * 51 * 3).fill(255), 51, plan, pixels, 30);
    expect(Math.min(...pixels)).toBeGreaterThanOrEqual(254);
  });
});
