import { describe, expect, it } from 'vitest';
import type { CreatePrototypesOptions } from '../create-prototypes.js';
import type { Prototypes } from '../prototypes.js';
import { separation } from '../separation.js';

/** What a way to make prototypes is asked. */
type Create = (options: Omit<CreatePrototypesOptions, 'method'>) => Promise<Prototypes>;

/** One way to make prototypes, under the contract. */
export interface PrototypesContractOptions {
  readonly create: Create;
  /** Pairs of classes and dimensions that it has an answer for, small enough to take a second at most. */
  readonly sizes: readonly (readonly [classes: number, dimensions: number])[];
  /** Sizes that it has no answer for, and must refuse. Default none. */
  readonly refuses?: readonly (readonly [classes: number, dimensions: number])[];
  /** Whether another seed gives other prototypes. Default false. */
  readonly random?: boolean;
}

/**
 * What every way to make prototypes promises, as a vitest suite: finite unit rows of the sizes asked for, no two of them alike, no
 * better than the proven bound, the same bytes for the same seed, an abort that is obeyed, and bad input refused by name.
 *
 * @example
 * prototypesContract('simplex', { create: async (options) => simplexPrototypes(options), sizes: [[4, 3]] });
 */
export function prototypesContract(
  name: string,
  { create, sizes, refuses = [], random = false }: PrototypesContractOptions,
): void {
  const [classes, dimensions] = sizes[0]!;

  describe(`the contract of prototypes by ${name}`, () => {
    it.each(sizes)('holds for %i classes in %i dimensions', async (classes, dimensions) => {
      const prototypes = await create({ classes, dimensions, restarts: 1 });
      expect([prototypes.classes, prototypes.dimensions]).toEqual([classes, dimensions]);
      expect(prototypes.values).toBeInstanceOf(Float32Array);
      expect(prototypes.values).toHaveLength(classes * dimensions);
      expect(prototypes.method).not.toBe('');
      for (let row = 0; row < classes; row += 1) {
        let square = 0;
        for (const value of prototypes.values.subarray(row * dimensions, (row + 1) * dimensions)) {
          square += value * value;
        }
        expect(Math.abs(square - 1)).toBeLessThan(1e-6);
      }
      const { maxCosine, gap } = separation(prototypes);
      expect(maxCosine).toBeLessThan(1 - 1e-6);
      expect(gap).toBeGreaterThan(-1e-6);
    });

    it('gives the same bytes for the same seed', async () => {
      const values = async (seed: number) =>
        (await create({ classes, dimensions, seed, restarts: 1 })).values;
      expect(await values(7)).toEqual(await values(7));
      if (random) expect(await values(7)).not.toEqual(await values(8));
    });

    it('obeys a signal that is aborted already', async () => {
      const signal = AbortSignal.abort(new Error('stopped by the contract'));
      await expect(create({ classes, dimensions, signal })).rejects.toThrow('stopped by the contract');
    });

    it.each([
      [1, dimensions],
      [0, dimensions],
      [2.5, dimensions],
      [NaN, dimensions],
      [classes, 0],
      [classes, -1],
      [classes, 1.5],
      [3, 1],
    ])('refuses %d classes in %d dimensions, and says which is wrong', async (classes, dimensions) => {
      const error: unknown = await create({ classes, dimensions }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(RangeError);
      expect(String(error)).toMatch(/classes|dimensions/);
    });

    it('refuses sizes that are no numbers', async () => {
      await expect(create({ classes: '10' as never, dimensions })).rejects.toThrow(TypeError);
      await expect(create({ classes, dimensions: undefined as never })).rejects.toThrow(TypeError);
    });

    if (refuses.length > 0) {
      it.each(refuses)('refuses %i classes in %i dimensions, for which it has no answer', async (...size) => {
        const [classes, dimensions] = size;
        await expect(create({ classes, dimensions })).rejects.toThrow(RangeError);
      });
    }
  });
}
