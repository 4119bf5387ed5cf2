import { describe, expect, it } from 'vitest';
import { createPrototypes } from './create-prototypes.js';
import { extendPrototypes, reservePrototypes } from './extend-prototypes.js';
import { prototypesFromVectors } from './prototypes-from-vectors.js';
import { randomPrototypes } from './random-prototypes.js';
import { separation } from './separation.js';

describe('extendPrototypes', () => {
  it('adds the missing corner of a tetrahedron', async () => {
    const corners = prototypesFromVectors([
      [1, 1, 1],
      [1, -1, -1],
      [-1, 1, -1],
    ]);
    const extended = await extendPrototypes(corners, 1);
    expect(extended).toMatchObject({ classes: 4, dimensions: 3, method: 'given+1' });
    const size = 1 / Math.sqrt(3);
    expect(extended.values.subarray(9)).toBeClose([-size, -size, size], { absolute: 1e-4 });
  });

  it('leaves the first ones bit for bit, and cares for the new ones even where old ones touch', async () => {
    const given = randomPrototypes({ classes: 13, dimensions: 4, seed: 3 });
    const extended = await extendPrototypes(given, 6, { seed: 1, restarts: 2 });
    expect(extended.values.subarray(0, 13 * 4)).toEqual(given.values);
    let largest = -1;
    for (let i = 13; i < 19; i += 1) {
      for (let j = 0; j < i; j += 1) {
        let cosine = 0;
        for (let axis = 0; axis < 4; axis += 1) {
          cosine += extended.values[i * 4 + axis]! * extended.values[j * 4 + axis]!;
        }
        largest = Math.max(largest, cosine);
      }
    }
    expect(separation(given).maxCosine).toBeGreaterThan(0.9);
    expect(largest).toBeLessThan(0.75);
  });

  it('takes reserved places first, so that all are as far apart as if made together', async () => {
    const { prototypes, reserved } = await reservePrototypes({ classes: 8, reserve: 4, dimensions: 3 });
    expect(prototypes.classes).toBe(8);
    expect(separation(await extendPrototypes(prototypes, 4, { reserved })).maxCosine).toBeClose(
      1 / Math.sqrt(5),
    );
    const more = await extendPrototypes(prototypes, 5, { reserved, restarts: 1 });
    expect(more.values.subarray(0, 36)).toEqual(
      (await createPrototypes({ classes: 12, dimensions: 3 })).values,
    );
  });

  it('refuses to add nothing, or room that is not of whole rows', async () => {
    const given = randomPrototypes({ classes: 3, dimensions: 4 });
    await expect(extendPrototypes(given, 0)).rejects.toThrow(
      'added must be an integer of at least 1, and is 0',
    );
    await expect(extendPrototypes(given, 1, { reserved: new Float32Array(3) })).rejects.toThrow(
      'reserved must hold whole rows of 4 numbers, and holds 3 numbers',
    );
    await expect(reservePrototypes({ classes: 3, reserve: 0, dimensions: 3 })).rejects.toThrow(
      'reserve must be an integer of at least 1, and is 0',
    );
  });
});
