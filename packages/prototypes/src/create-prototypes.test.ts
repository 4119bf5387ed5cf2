import { describe, expect, it } from 'vitest';
import { createPrototypes, prototypeMethods, type PrototypeMethod } from './create-prototypes.js';
import { separation } from './separation.js';

describe('createPrototypes', () => {
  it('takes the circle in 2 dimensions', async () => {
    const prototypes = await createPrototypes({ classes: 7, dimensions: 2 });
    expect(prototypes.method).toBe('circle');
    expect(separation(prototypes).maxCosine).toBeClose(Math.cos((2 * Math.PI) / 7), {
      absolute: 1e-6,
      relative: 0,
    });
  });

  it('takes the simplex up to dimensions + 1 classes', async () => {
    for (const [classes, dimensions] of [
      [2, 1],
      [4, 3],
      [10, 100],
      [101, 100],
    ] as const) {
      const prototypes = await createPrototypes({ classes, dimensions });
      expect(prototypes.method).toBe('simplex');
      expect(separation(prototypes).maxCosine).toBeClose(-1 / (classes - 1), { absolute: 1e-6, relative: 0 });
    }
  });

  it('takes the orthoplex up to twice as many classes as dimensions', async () => {
    const prototypes = await createPrototypes({ classes: 9, dimensions: 5 });
    expect(prototypes.method).toBe('orthoplex');
    expect(separation(prototypes).maxCosine).toBe(0);
  });

  it('takes a code that reaches the bound, and one that is better than what it finds', async () => {
    const methodFor = async (classes: number, dimensions: number) =>
      (await createPrototypes({ classes, dimensions, restarts: 1 })).method;
    expect(await methodFor(240, 8)).toBe('code:e8');
    expect(await methodFor(99, 23)).toBe('code:higman-sims');
  });

  it('optimises elsewhere, and finds a sharp configuration by itself', async () => {
    const found = await createPrototypes({ classes: 20, dimensions: 3, restarts: 4 });
    expect(found.method).toBe('log-sum-exp');
    expect(separation(found).minAngleDegrees).toBeGreaterThan(47.4310362 * 0.9998);
    const lines = await createPrototypes({ classes: 27, dimensions: 6, method: 'log-sum-exp', restarts: 1 });
    expect(separation(lines).gap).toBeLessThan(1e-4);
  });

  it('gives the same bytes for the same seed, and others for another', async () => {
    const values = async (seed: number) =>
      (await createPrototypes({ classes: 9, dimensions: 3, seed, restarts: 1 })).values;
    expect(await values(5)).toEqual(await values(5));
    expect(await values(5)).not.toEqual(await values(6));
  });

  it('reports progress and stops when it is aborted', async () => {
    const controller = new AbortController();
    const shares: number[] = [];
    const run = createPrototypes({
      classes: 300,
      dimensions: 50,
      signal: controller.signal,
      onProgress: ({ done, method, restart }) => {
        expect([method, restart]).toEqual(['log-sum-exp', 1]);
        shares.push(done);
        if (shares.length === 3) controller.abort(new Error('enough'));
      },
    });
    await expect(run).rejects.toThrow('enough');
    expect(shares).toHaveLength(3);
    expect(shares).toEqual(shares.toSorted((left, right) => left - right));
  });

  it('refuses sizes that make no sense, and methods without an answer', async () => {
    const refused = async (classes: number, dimensions: number, method?: string) =>
      createPrototypes({ classes, dimensions, method: method as PrototypeMethod }).then(
        () => 'accepted',
        (error: unknown) => String(error),
      );
    expect(await refused(1, 3)).toBe('RangeError: classes must be an integer of at least 2, and is 1');
    expect(await refused(2.5, 3)).toBe('RangeError: classes must be an integer of at least 2, and is 2.5');
    expect(await refused(3, 0)).toBe('RangeError: dimensions must be an integer of at least 1, and is 0');
    expect(await refused(3, NaN)).toBe('RangeError: dimensions must be an integer of at least 1, and is NaN');
    expect(await refused('9' as unknown as number, 3)).toBe(
      'TypeError: classes must be a number, and is "9"',
    );
    expect(await refused(3, 1)).toMatch(/^RangeError: dimensions must be at least 2 for 3 classes/);
    expect(await refused(5, 3, 'circle')).toMatch(/^RangeError: dimensions must be 2/);
    expect(await refused(5, 3, 'simplex')).toMatch(/^RangeError: classes must be at most 4/);
    expect(await refused(7, 3, 'orthoplex')).toMatch(/^RangeError: classes must be at most 6/);
    expect(await refused(4, 3, 'one-hot')).toMatch(/^RangeError: classes must be at most dimensions, 3/);
    expect(await refused(13, 3, 'code')).toMatch(/^RangeError: no code is known here for 13 classes/);
    expect(await refused(4, 3, 'toString')).toMatch(
      `RangeError: method must be one of ${prototypeMethods.join(', ')}, and is "toString"`,
    );
    await expect(createPrototypes({ classes: 20, dimensions: 3, restarts: 0 })).rejects.toThrow(
      'restarts must be an integer of at least 1, and is 0',
    );
    await expect(createPrototypes({ classes: 20, dimensions: 3, seed: -1 })).rejects.toThrow(
      'seed must be an integer of at least 0, and is -1',
    );
  });
});
