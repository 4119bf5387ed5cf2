import { describe, expect, it } from 'vitest';
import { createPrototypes, prototypeMethods } from './create-prototypes.js';
import { equiangularPrototypes } from './equiangular-prototypes.js';
import { extendPrototypes, reservePrototypes } from './extend-prototypes.js';
import { assignLabels } from './assign-labels.js';
import { hpnPrototypes } from './hpn-prototypes.js';
import type { Prototypes } from './prototypes.js';
import { randomPrototypes } from './random-prototypes.js';
import { semanticPrototypes } from './semantic-prototypes.js';
import { separation } from './separation.js';
import { separationBound } from './separation-bound.js';

const upTo6 = [1, 2, 3, 4, 5, 6];
const sizes = upTo6.flatMap((classes) => upTo6.map((dimensions) => [classes, dimensions] as const));

/** Fails if a row is not of length 1, or prototypes are closer than the proven bound allows. */
function expectUnitRows(prototypes: Prototypes): void {
  const { classes, dimensions, values } = prototypes;
  for (let row = 0; row < classes; row += 1) {
    const length = Math.hypot(...values.subarray(row * dimensions, (row + 1) * dimensions));
    expect(length).toBeClose(1, { absolute: 1e-6, relative: 0 });
  }
  expect(separation(prototypes).gap).toBeGreaterThan(-1e-6);
}

/** The largest |cos| between two rows. */
function largestSize({ classes, dimensions, values }: Prototypes): number {
  let largest = 0;
  for (let i = 0; i < classes; i += 1) {
    for (let j = 0; j < i; j += 1) {
      let cosine = 0;
      for (let axis = 0; axis < dimensions; axis += 1) {
        cosine += values[i * dimensions + axis]! * values[j * dimensions + axis]!;
      }
      largest = Math.max(largest, Math.abs(cosine));
    }
  }
  return largest;
}

/** The smallest that the largest |cos| between lines can be, where it is known. */
function bestOfLines(classes: number, dimensions: number): number {
  if (dimensions === 1) return 1;
  if (classes <= dimensions) return 0;
  if (dimensions === 2) return Math.cos(Math.PI / classes);
  if (classes === dimensions + 1) return 1 / dimensions;
  // 5 or 6 of the diagonals of the icosahedron, and 6 lines in 4 dimensions.
  return dimensions === 3 ? 1 / Math.sqrt(5) : 1 / 3;
}

describe.each(prototypeMethods)('the method %s', (method) => {
  it('ends at the smallest sizes, whatever the seed: with unit rows, or a sentence', async () => {
    for (const [classes, dimensions] of sizes) {
      for (const seed of [0, 1, 2, 3]) {
        const made = await createPrototypes({ classes, dimensions, method, seed, restarts: 2 }).catch(
          (error: unknown) => String(error),
        );
        if (typeof made === 'string') expect(made).toMatch(/^RangeError: (classes|dimensions|no code)/);
        else expectUnitRows(made);
      }
    }
  });

  it('puts 2 classes in 1 dimension opposite each other, or says that it has no such prototypes', async () => {
    for (let seed = 0; seed < 12; seed += 1) {
      const options = { classes: 2, dimensions: 1, method, seed, restarts: 1 };
      if (['circle', 'code', 'one-hot'].includes(method)) {
        await expect(createPrototypes(options)).rejects.toThrow(RangeError);
      } else expect(separation(await createPrototypes(options)).maxCosine).toBe(-1);
    }
  });

  it('obeys a signal that is aborted already, at every size', async () => {
    for (const [classes, dimensions] of sizes.filter(([k, d]) => k >= 2 && (d > 1 || k === 2))) {
      const signal = AbortSignal.abort(new Error('stopped'));
      const run = createPrototypes({ classes, dimensions, method, signal });
      await expect(run).rejects.toThrow('stopped');
    }
  });
});

describe('equiangularPrototypes', () => {
  it('find the best lines at every small size, whatever the seed', async () => {
    for (const [classes, dimensions] of sizes.filter(([k, d]) => k >= 2 && (d > 1 || k === 2))) {
      for (const seed of [0, 1, 2]) {
        const found = largestSize(await equiangularPrototypes({ classes, dimensions, seed, restarts: 8 }));
        expect(found).toBeClose(bestOfLines(classes, dimensions), { absolute: 1e-4, relative: 0 });
      }
    }
  });
});

describe('semanticPrototypes, assignLabels, extendPrototypes and reservePrototypes', () => {
  it('end at the smallest sizes', async () => {
    for (const [classes, dimensions] of sizes.filter(([k, d]) => k >= 2 && d >= 2)) {
      const prototypes = randomPrototypes({ classes, dimensions, seed: 1 });
      const words = Array.from({ length: classes }, (_, k) => [Math.cos(k), Math.sin(k), 1]);
      if (classes >= 3) {
        expectUnitRows((await semanticPrototypes({ wordVectors: words, dimensions })).prototypes);
      }
      const similarity = words.map((left) => words.map((right) => left[0]! * right[0]!));
      const { order } = await assignLabels(prototypes, similarity, { steps: 50 });
      expect(Array.from(order).toSorted()).toEqual(Array.from({ length: classes }, (_, k) => k));
      expectUnitRows(await extendPrototypes(prototypes, 2, { restarts: 1 }));
      const reserved = await reservePrototypes({ classes, reserve: 1, dimensions, restarts: 1 });
      expectUnitRows(reserved.prototypes);
    }
  });

  it('obey a signal that is aborted already, before they do anything', async () => {
    const signal = AbortSignal.abort(new Error('stopped'));
    const prototypes = randomPrototypes({ classes: 3, dimensions: 2 });
    const rows = [
      [1, 0, 2],
      [0, 1, 3],
      [1, 1, 4],
    ];
    for (const run of [
      semanticPrototypes({ wordVectors: rows, dimensions: 2, signal }),
      assignLabels(prototypes, rows, { signal }),
      extendPrototypes(prototypes, 1, { signal }),
      extendPrototypes(prototypes, 1, { signal, reserved: Float32Array.of(0, 1) }),
      reservePrototypes({ classes: 3, reserve: 1, dimensions: 2, signal }),
      hpnPrototypes({ classes: 3, dimensions: 2, steps: 0, signal }),
    ]) {
      await expect(run).rejects.toThrow('stopped');
    }
  });

  it('refuse prototypes that are not finite rather than search forever', async () => {
    const values = Float32Array.of(1, 0, Number.NaN, 1, 0, 0);
    const prototypes = { classes: 2, dimensions: 3, values, method: 'given' };
    const refused = 'values must be finite and no row zero; row 0 is not a direction';
    await expect(extendPrototypes(prototypes, 1)).rejects.toThrow(refused);
    const similarity = [
      [1, 0],
      [0, 1],
    ];
    await expect(assignLabels(prototypes, similarity)).rejects.toThrow(refused);
    const whole = { ...prototypes, values: Float32Array.of(1, 0, 0, 0, 1, 0) };
    const reserved = Float32Array.of(0, 0, Number.NaN);
    await expect(extendPrototypes(whole, 1, { reserved })).rejects.toThrow('row 2 is not a direction');
  });
});

describe('a long run', () => {
  it.each([
    ['hpn', 1500, 40],
    ['equiangular', 1500, 40],
    ['log-sum-exp', 1500, 40],
  ] as const)('by %s lets an abort through within a step', async (method, classes, dimensions) => {
    // The timer fires only where the computation gives way to it; a step of these takes several breaths.
    const controller = new AbortController();
    let breaths = 0;
    const run = createPrototypes({
      classes,
      dimensions,
      method,
      signal: controller.signal,
      onProgress: () => (breaths += 1),
    });
    setTimeout(() => {
      controller.abort(new Error('enough'));
    }, 0);
    await expect(run).rejects.toThrow('enough');
    expect(breaths).toBeLessThanOrEqual(2);
  });
});

describe('separationBound', () => {
  it('ends for numbers of classes that no computer holds, with a bound that is proven', () => {
    for (const [classes, dimensions] of [
      [Number.MAX_SAFE_INTEGER, 3],
      [Number.MAX_SAFE_INTEGER, 4],
      [Number.MAX_SAFE_INTEGER, 1e15],
    ] as const) {
      const { bound } = separationBound({ classes, dimensions });
      const fewer = separationBound({ classes: Math.floor(classes / 1e3), dimensions }).bound;
      expect(bound).toBeGreaterThanOrEqual(fewer);
      expect(bound).toBeLessThanOrEqual(1);
    }
  });
});
