import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignLabels } from './assign-labels.js';
import { circlePrototypes } from './circle-prototypes.js';
import { prototypesFromVectors } from './prototypes-from-vectors.js';
import type { Prototypes } from './prototypes.js';
import { randomPrototypes } from './random-prototypes.js';
import { simplexPrototypes } from './simplex-prototypes.js';

function cosines({ classes, dimensions, values }: Prototypes): number[][] {
  const row = (k: number) => Array.from(values.subarray(k * dimensions, (k + 1) * dimensions));
  return Array.from({ length: classes }, (_, i) =>
    Array.from({ length: classes }, (_unused, j) =>
      row(i).reduce((sum, value, axis) => sum + value * row(j)[axis]!, 0),
    ),
  );
}

/** The sum over pairs of similarity times cosine, plainly. */
function agreement(prototypes: Prototypes, similarity: number[][]): number {
  return cosines(prototypes)
    .flatMap((row, i) => row.map((cosine, j) => (i === j ? 0 : cosine * similarity[i]![j]!)))
    .reduce((left, right) => left + right);
}

describe('assignLabels', () => {
  it('puts the two pairs of likes next to each other on a square, and not at opposite corners', async () => {
    const similarity = [
      [0, 0, 1, 0],
      [0, 0, 0, 1],
      [1, 0, 0, 0],
      [0, 1, 0, 0],
    ];
    const { prototypes, order } = await assignLabels(circlePrototypes({ classes: 4 }), similarity);
    const found = cosines(prototypes);
    expect(found[0]![2]).toBeClose(0);
    expect(found[1]![3]).toBeClose(0);
    expect(Array.from(order).toSorted()).toEqual([0, 1, 2, 3]);
  });

  it('undoes any shuffle: prototypes that are the meanings themselves find their classes', async () => {
    const meaning = randomPrototypes({ classes: 30, dimensions: 4, seed: 2 });
    const shuffled = prototypesFromVectors(
      Array.from({ length: 30 }, (_, k) =>
        meaning.values.subarray(((k * 7) % 30) * 4, ((k * 7) % 30) * 4 + 4),
      ),
    );
    const { correlation, correlationBefore, prototypes } = await assignLabels(shuffled, cosines(meaning));
    expect(correlationBefore).toBeLessThan(0.5);
    expect(correlation).toBeClose(1);
    expect(cosines(prototypes)).toBeClose(cosines(meaning), { absolute: 1e-5 });
  });

  it('is never worse than the order given, and reports what it reached', async () => {
    const sizes = fc.record({
      classes: fc.integer({ min: 2, max: 14 }),
      steps: fc.integer({ min: 0, max: 60 }),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ classes, steps, seed }) => {
        const given = randomPrototypes({ classes, dimensions: 3, seed });
        const similarity = cosines(randomPrototypes({ classes, dimensions: 5, seed: seed + 1 }));
        const found = await assignLabels(given, similarity, { steps });
        const [before, after] = [agreement(given, similarity), agreement(found.prototypes, similarity)];
        expect(after).toBeGreaterThanOrEqual(before - 1e-6);
        expect(found.correlation).toBeGreaterThanOrEqual(found.correlationBefore - 1e-9);
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('keeps its book of gains right over many exchanges', async () => {
    const classes = 25;
    const given = randomPrototypes({ classes, dimensions: 6 });
    const similarity = cosines(randomPrototypes({ classes, dimensions: 6, seed: 1 }));
    const { prototypes } = await assignLabels(given, similarity, { steps: 3000 });
    const reached = agreement(prototypes, similarity);
    // No exchange of two classes is better: the search passed a true local optimum.
    for (let r = 0; r < classes; r += 1) {
      for (let s = 0; s < r; s += 1) {
        const values = prototypes.values.slice();
        values.set(prototypes.values.subarray(r * 6, r * 6 + 6), s * 6);
        values.set(prototypes.values.subarray(s * 6, s * 6 + 6), r * 6);
        expect(agreement({ ...prototypes, values }, similarity)).toBeLessThanOrEqual(reached + 1e-5);
      }
    }
  });

  it('gives the same order for the same seed, and correlation 0 where nothing can be chosen', async () => {
    const given = randomPrototypes({ classes: 20, dimensions: 3 });
    const similarity = cosines(randomPrototypes({ classes: 20, dimensions: 3, seed: 1 }));
    const run = async () => (await assignLabels(given, similarity, { seed: 3, steps: 100 })).order;
    expect(await run()).toEqual(await run());
    const simplex = simplexPrototypes({ classes: 20, dimensions: 19 });
    expect((await assignLabels(simplex, similarity, { steps: 5 })).correlation).toBe(0);
  });

  it('refuses a similarity of another size, and one that is not finite', async () => {
    const given = circlePrototypes({ classes: 3 });
    const refused = (similarity: number[][], options = {}) => assignLabels(given, similarity, options);
    await expect(refused([[1]])).rejects.toThrow(
      'similarity must have 3 rows, one for each class, and has 1',
    );
    await expect(
      refused([
        [1, 2, 3],
        [1, 2],
        [1, 2, 3],
      ]),
    ).rejects.toThrow('similarity[1] must have 3 numbers');
    await expect(
      refused([
        [1, 2, 3],
        [1, NaN, 3],
        [1, 2, 3],
      ]),
    ).rejects.toThrow('similarity[1][1] must be a finite number, and is NaN');
    const similarity = [
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ];
    await expect(refused(similarity, { steps: -1 })).rejects.toThrow(
      'steps must be an integer of at least 0',
    );
    await expect(refused(similarity, { signal: AbortSignal.abort(new Error('stop')) })).rejects.toThrow(
      'stop',
    );
  });
});
