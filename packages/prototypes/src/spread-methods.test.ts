import { finiteDifferences } from '@hyperspherical/testing';
import { describe, expect, it } from 'vitest';
import { createBreather } from './breather.js';
import { equiangularPrototypes } from './equiangular-prototypes.js';
import { hpnPrototypes } from './hpn-prototypes.js';
import { logSumExpObjective } from './log-sum-exp-objective.js';
import { logSumExpPrototypes } from './log-sum-exp-prototypes.js';
import type { Prototypes } from './prototypes.js';
import { randomGenerator } from './random-generator.js';
import { randomNormals, randomRows } from './random-rows.js';
import { rieszObjective, rieszPrototypes } from './riesz-prototypes.js';
import { separation } from './separation.js';
import { uniformityPrototypes } from './uniformity-prototypes.js';

function cosines({ classes, dimensions, values }: Prototypes): number[] {
  const row = (k: number) => Array.from(values.subarray(k * dimensions, (k + 1) * dimensions));
  return Array.from({ length: classes }, (_, i) =>
    Array.from({ length: i }, (_unused, j) =>
      row(i).reduce((sum, value, axis) => sum + value * row(j)[axis]!, 0),
    ),
  ).flat();
}

describe('logSumExpPrototypes', () => {
  it('finds the best known angles between 5 to 16 points in 3 dimensions, after Sloane, to 0.02 %', async () => {
    for (const [classes, degrees] of [
      [5, 90],
      [7, 77.8695421],
      [9, 70.5287794],
      [11, 63.4349488],
      [16, 52.2443957],
    ] as const) {
      const { minAngleDegrees } = separation(
        await logSumExpPrototypes({ classes, dimensions: 3, restarts: 8 }),
      );
      expect(minAngleDegrees).toBeGreaterThan(degrees * 0.9998);
    }
  });

  it('leaves out pairs that weigh nothing without changing the result of a sweep', async () => {
    const [classes, dimensions] = [60, 3];
    const breather = createBreather();
    const cached = logSumExpObjective(classes, dimensions, breather)(2000);
    const rows = randomRows(randomGenerator(1), classes, dimensions);
    const steps = randomNormals(randomGenerator(2), rows.length);
    for (let step = 0; step < 40; step += 1) {
      const gradient = new Float64Array(rows.length);
      const fresh = new Float64Array(rows.length);
      const value = await cached(rows, gradient);
      expect(value).toBeClose(await logSumExpObjective(classes, dimensions, breather)(2000)(rows, fresh), {
        relative: 1e-12,
      });
      expect(gradient).toBeClose(fresh, { relative: 1e-9, absolute: 1e-12 });
      // Small steps mostly, and a jump now and then.
      const size = step % 10 === 9 ? 0.1 : 3e-4;
      for (let index = 0; index < rows.length; index += 1) rows[index]! += size * steps[index]!;
    }
  });
});

describe('uniformityPrototypes', () => {
  it('put 6 points on the octahedron, where the loss is log((3 e^(-4 t) + 12 e^(-2 t)) / 15)', async () => {
    const prototypes = await uniformityPrototypes({ classes: 6, dimensions: 3, t: 2 });
    expect(separation(prototypes).maxCosine).toBeClose(0, { absolute: 1e-5 });
    const loss = Math.log(cosines(prototypes).reduce((sum, c) => sum + Math.exp(-2 * (2 - 2 * c)), 0) / 15);
    expect(loss).toBeClose(Math.log((3 * Math.exp(-8) + 12 * Math.exp(-4)) / 15));
  });

  it('refuse t that is not above 0', async () => {
    await expect(uniformityPrototypes({ classes: 6, dimensions: 3, t: 0 })).rejects.toThrow(
      't must be finite and above 0, and is 0',
    );
  });
});

describe('rieszPrototypes', () => {
  it("solve Thomson's problem for 5 and 7 charges", async () => {
    for (const [classes, energy] of [
      [5, 6.474691495],
      [7, 14.452977414],
    ] as const) {
      const prototypes = await rieszPrototypes({ classes, dimensions: 3, exponent: 1 });
      const found = cosines(prototypes).reduce((sum, c) => sum + 1 / Math.sqrt(2 - 2 * c), 0);
      expect(found).toBeClose(energy, { relative: 1e-6 });
    }
  });

  it('descend along the gradient of their energy', async () => {
    const [classes, dimensions, exponent] = [7, 4, 3];
    const point = randomNormals(randomGenerator(3), classes * dimensions);
    const gradient = new Float64Array(point.length);
    const plain = (x: Float64Array) => {
      const rows = Array.from({ length: classes }, (_, k) => {
        const row = Array.from(x.subarray(k * dimensions, (k + 1) * dimensions));
        return row.map((value) => value / Math.hypot(...row));
      });
      let sum = 0;
      for (const [i, left] of rows.entries()) {
        for (const right of rows.slice(0, i))
          sum += Math.hypot(...left.map((v, a) => v - right[a]!)) ** -exponent;
      }
      return Math.log(sum) / exponent;
    };
    const objective = rieszObjective(classes, dimensions, exponent, createBreather());
    expect(await objective(point, gradient)).toBeClose(plain(point));
    expect(gradient).toBeClose(finiteDifferences(plain, point), { relative: 1e-4, absolute: 1e-7 });
  });
});

describe('equiangularPrototypes', () => {
  it('find the 6 diagonals of the icosahedron: all |cos| are 1 / sqrt(5)', async () => {
    for (const cosine of cosines(await equiangularPrototypes({ classes: 6, dimensions: 3 }))) {
      expect(Math.abs(cosine)).toBeClose(1 / Math.sqrt(5), { absolute: 1e-4 });
    }
  });
});

describe('hpnPrototypes', () => {
  it('take one step of the released code as it is written: rate 0.1 along the mean of nearest cosines', async () => {
    const options = { classes: 3, dimensions: 2, seed: 4, releasedCode: true };
    const start = (await hpnPrototypes({ ...options, steps: 0 })).values;
    const rows = [0, 1, 2].map((k) => [start[2 * k]!, start[2 * k + 1]!]);
    const moved = rows.map((row) => [...row]);
    for (const [i, row] of rows.entries()) {
      const cosine = (k: number) => row[0]! * rows[k]![0]! + row[1]! * rows[k]![1]!;
      const j = [0, 1, 2].filter((k) => k !== i).reduce((best, k) => (cosine(k) > cosine(best) ? k : best));
      for (const axis of [0, 1]) {
        moved[i]![axis]! -= (0.1 / 3) * rows[j]![axis]!;
        moved[j]![axis]! -= (0.1 / 3) * row[axis]!;
      }
    }
    const expected = moved.flatMap((row) => row.map((value) => value / Math.hypot(...row)));
    expect((await hpnPrototypes({ ...options, steps: 1 })).values).toBeClose(expected);
  });

  it("keep momentum in the paper's text, and lose it in the released code", async () => {
    const run = async (releasedCode: boolean, momentum: number) =>
      (
        await hpnPrototypes({
          classes: 10,
          dimensions: 4,
          steps: 5,
          learningRate: 0.05,
          releasedCode,
          momentum,
        })
      ).values;
    expect(await run(true, 0.9)).toEqual(await run(true, 0));
    expect(await run(false, 0)).toEqual(await run(true, 0));
    expect(await run(false, 0.9)).not.toEqual(await run(false, 0));
  });

  it('separate points better than chance', async () => {
    const options = { classes: 30, dimensions: 5, seed: 1 };
    const before = separation(await hpnPrototypes({ ...options, steps: 0 }));
    const after = separation(await hpnPrototypes(options));
    expect(after.meanNearestCosine).toBeLessThan(before.meanNearestCosine - 0.1);
  });

  it('refuse a learning rate or momentum that would not descend', async () => {
    const sizes = { classes: 3, dimensions: 2 };
    await expect(hpnPrototypes({ ...sizes, learningRate: 0 })).rejects.toThrow(
      'learningRate must be finite and above 0, and is 0',
    );
    await expect(hpnPrototypes({ ...sizes, momentum: 1 })).rejects.toThrow(
      'momentum must be at least 0 and below 1, and is 1',
    );
  });
});
