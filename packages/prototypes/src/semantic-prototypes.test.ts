import { finiteDifferences } from '@hyperspherical/testing';
import { describe, expect, it } from 'vitest';
import { createBreather } from './breather.js';
import { createPrototypes } from './create-prototypes.js';
import { prototypesFromVectors } from './prototypes-from-vectors.js';
import { randomGenerator } from './random-generator.js';
import { randomNormals } from './random-rows.js';
import { rankingAgreement, wordSimilarity } from './ranking-agreement.js';
import { rankClasses } from './ranking-loss.js';
import { semanticObjective, semanticPrototypes } from './semantic-prototypes.js';

function rowsOf(values: Float64Array, dimensions: number): number[][] {
  return Array.from({ length: values.length / dimensions }, (_, k) =>
    Array.from(values.subarray(k * dimensions, (k + 1) * dimensions)),
  );
}

function cosine(left: readonly number[], right: readonly number[]): number {
  const dot = left.reduce((sum, value, axis) => sum + value * right[axis]!, 0);
  return dot / (Math.hypot(...left) * Math.hypot(...right));
}

/** The paper's formulas, triplet by triplet. */
function plain(
  rows: number[][],
  similarity: (i: number, j: number) => number,
  weights: { ranking: number; separation: number; sharpness: number },
): number {
  let ranking = 0;
  let triplets = 0;
  let apart = 0;
  for (const [i, anchor] of rows.entries()) {
    let sum = 0;
    for (const [j, one] of rows.entries()) {
      if (j === i) continue;
      sum += Math.exp(weights.sharpness * cosine(anchor, one));
      for (const [k, other] of rows.entries()) {
        if (k === i || k === j) continue;
        const chance = 1 / (1 + Math.exp(cosine(anchor, other) - cosine(anchor, one)));
        ranking -= Math.log(similarity(i, j) >= similarity(i, k) ? chance : 1 - chance);
        triplets += 1;
      }
    }
    apart += Math.log(sum) / weights.sharpness;
  }
  return (weights.ranking * ranking) / triplets + (weights.separation * apart) / rows.length;
}

/** Words on a circle: each class is alike to its neighbours in the list. */
const ring = Array.from({ length: 8 }, (_, k) => [
  Math.cos((k * Math.PI) / 4.1),
  Math.sin((k * Math.PI) / 4.1),
]);

describe('semanticObjective', () => {
  it('is the loss and gradient of the paper, ties included', async () => {
    const dimensions = 3;
    const words = [
      [1, 0],
      [0, 1],
      [0, 2],
      [1, 1],
      [-1, 1],
      [1, -1],
      [1, 0],
      [2, 1],
      [-3, 1],
    ];
    const similarity = wordSimilarity(words);
    const weights = { ranking: 3, separation: 0.7, sharpness: 10 };
    const point = randomNormals(randomGenerator(1), words.length * dimensions);
    const formula = (x: Float64Array) =>
      plain(rowsOf(x, dimensions), (i, j) => similarity[i * words.length + j]!, weights);
    const gradient = new Float64Array(point.length);
    const objective = semanticObjective(
      await rankClasses(similarity, words.length, createBreather()),
      dimensions,
      weights,
      createBreather(),
    );
    expect(await objective(point, gradient)).toBeClose(formula(point), { relative: 1e-9 });
    expect(gradient).toBeClose(finiteDifferences(formula, point), { relative: 1e-4, absolute: 1e-7 });
  });

  it('takes logarithms of long products without overflow', async () => {
    const classes = 600;
    const similarity = wordSimilarity(rowsOf(randomNormals(randomGenerator(2), classes * 3), 3));
    const point = new Float64Array(classes * 2).map((_, index) =>
      index % 2 === 0 ? (index < classes ? 1 : -1) : 0.01,
    );
    const objective = semanticObjective(
      await rankClasses(similarity, classes, createBreather()),
      2,
      { ranking: 1, separation: 0, sharpness: 30 },
      createBreather(),
    );
    const value = await objective(point, new Float64Array(point.length));
    expect(value).toBeGreaterThan(Math.LN2);
    expect(value).toBeLessThan(Math.log(1 + Math.exp(2)));
  });
});

describe('semanticPrototypes', () => {
  it('put classes that mean the like next to each other, where separation alone does not', async () => {
    const {
      prototypes,
      rankingAgreement: found,
      separation,
    } = await semanticPrototypes({
      wordVectors: ring,
      dimensions: 3,
    });
    expect(prototypes).toMatchObject({ classes: 8, dimensions: 3, method: 'semantic' });
    expect(found).toBe(rankingAgreement(prototypes, ring));
    const blind = rankingAgreement(await createPrototypes({ classes: 8, dimensions: 3 }), ring);
    expect(found).toBeGreaterThan(0.8);
    expect(blind).toBeLessThan(0.7);
    expect(separation.boundName).toBe('known-optimum');
  });

  it('trade ranking for separation by their weights', async () => {
    const ranked = await semanticPrototypes({
      wordVectors: ring,
      dimensions: 3,
      weights: { separation: 0.01 },
    });
    const apart = await semanticPrototypes({ wordVectors: ring, dimensions: 3, weights: { ranking: 0.01 } });
    expect(ranked.rankingAgreement).toBeGreaterThan(apart.rankingAgreement);
    expect(apart.separation.maxCosine).toBeLessThan(ranked.separation.maxCosine);
  });

  it('refuse words that say nothing, and weights that are no weights', async () => {
    const refused = (change: object) => semanticPrototypes({ wordVectors: ring, dimensions: 3, ...change });
    await expect(
      refused({
        wordVectors: [
          [1, 0],
          [0, 0],
          [1, 1],
        ],
      }),
    ).rejects.toThrow('rows[1] is zero');
    await expect(
      refused({
        wordVectors: [
          [1, 0],
          [0, 1],
        ],
      }),
    ).rejects.toThrow('at least 3 rows to be ranked');
    await expect(refused({ weights: { ranking: -1 } })).rejects.toThrow(
      'weights.ranking must be finite and at least 0',
    );
    await expect(refused({ weights: { ranking: 0, separation: 0 } })).rejects.toThrow(
      'one of the weights must be above 0',
    );
    await expect(refused({ dimensions: 0 })).rejects.toThrow(
      'dimensions must be an integer of at least 1, and is 0',
    );
    await expect(refused({ signal: AbortSignal.abort(new Error('never mind')) })).rejects.toThrow(
      'never mind',
    );
  });
});

describe('rankingAgreement', () => {
  it('is 1 for the word vectors themselves, and counts triplets by hand', () => {
    expect(rankingAgreement(prototypesFromVectors(ring), ring)).toBe(1);
    // Seen from each of 3 classes there is one pair; only class 0 finds its neighbours in the wrong order.
    const degrees = (...angles: number[]) =>
      angles.map((angle) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]);
    const prototypes = prototypesFromVectors(degrees(0, 50, -40));
    expect(rankingAgreement(prototypes, degrees(0, 40, -50))).toBeClose(2 / 3);
  });

  it('refuses another number of words than classes', () => {
    expect(() => rankingAgreement(prototypesFromVectors(ring), ring.slice(1))).toThrow(
      'wordVectors must have one row for each of 8 classes, and have 7',
    );
  });
});
