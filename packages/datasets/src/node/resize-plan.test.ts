import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planResize } from './resize-plan.js';

const fits = ['cover', 'contain', 'fill'] as const;

describe('planResize', () => {
  it('weights neighbours by a triangle as wide as the reduction', () => {
    // Pixel 1 of 4 has its centre at 2.25 of 6. The centres 1.5, 2.5 and 3.5 are 0.75, 0.25 and 1.25 away, of 1.5: weights 3/6, 5/6 and 1/6.
    const { rows, columns } = planResize([6, 6], [4, 4], 'fill')!;
    expect(rows).toEqual(columns);
    expect([...rows.starts]).toEqual([0, 1, 2, 2]);
    const unit = 4096 / 9;
    expect([...rows.weights.slice(4, 8)]).toEqual([3, 5, 1, 0].map((part) => Math.trunc(part * unit)));
  });

  it('takes the middle of what covers, and centres what is contained', () => {
    const covering = planResize([300, 400], [200, 200], 'cover')!;
    // 267 columns of which 200 are left, the first 34 cut off: the middle of the next is at 34.5 x 1.5.
    expect([covering.rows.starts.length, covering.columns.starts.length]).toEqual([200, 200]);
    expect(covering.columns.starts[0]! + 1).toBeCloseTo(34.5 * 1.5 - 0.5, -0.5);
    const contained = planResize([300, 360], [200, 200], 'contain')!;
    expect([contained.rows.starts.length, contained.columns.starts.length]).toEqual([167, 200]);
    expect([contained.top, contained.left]).toEqual([16, 0]);
  });

  it('has none for what is enlarged, halved, or smaller than four pixels', () => {
    for (const fit of fits) {
      expect(planResize([10, 10], [11, 11], fit)).toBeUndefined();
      expect(planResize([20, 20], [10, 10], fit)).toBeUndefined();
      expect(planResize([3, 3], [2, 2], fit)).toBeUndefined();
    }
    expect(planResize([20, 10], [20, 20], 'cover')).toBeUndefined();
  });

  it('reads inside the source, and its weights sum to one but for rounding', () => {
    const sides = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(
        sides,
        sides,
        sides,
        sides,
        fc.constantFrom(...fits),
        (h, w, wishedHeight, wishedWidth, fit) => {
          const source = [h + wishedHeight, w + wishedWidth] as const;
          const plan = planResize(source, [wishedHeight, wishedWidth], fit);
          fc.pre(plan !== undefined);
          for (const [side, length] of [
            [plan.rows, source[0]],
            [plan.columns, source[1]],
          ] as const) {
            expect(Math.min(...side.starts)).toBeGreaterThanOrEqual(0);
            expect(Math.max(...side.starts)).toBeLessThanOrEqual(length - 4);
            const sums = Array.from(side.starts, (_, pixel) =>
              side.weights.subarray(pixel * 4, pixel * 4 + 4).reduce((total, weight) => total + weight, 0),
            );
            expect(Math.min(...sums)).toBeGreaterThan(4096 - 5);
            expect(Math.max(...sums)).toBeLessThanOrEqual(4096);
          }
        },
      ),
      { seed: 3, numRuns: 60 },
    );
  });
});
