import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { assignLabels } from './assign-labels.js';
import { extendPrototypes } from './extend-prototypes.js';
import { decodeNpy, encodeNpy } from './npy.js';
import { prototypesFromNpy } from './prototypes-from-npy.js';
import { prototypesFromJSON, prototypesToJSON } from './prototypes-json.js';
import { prototypesFromVectors } from './prototypes-from-vectors.js';
import { rankingAgreement } from './ranking-agreement.js';
import { separation } from './separation.js';
import { simplexPrototypes } from './simplex-prototypes.js';

const other = runInNewContext('({ Float32Array, Float64Array, Uint8Array, ArrayBuffer, Array, JSON })') as {
  Float32Array: Float32ArrayConstructor;
  Float64Array: Float64ArrayConstructor;
  Uint8Array: Uint8ArrayConstructor;
  Array: ArrayConstructor;
  JSON: JSON;
};

describe('arrays of another realm (jest, node:vm, an iframe)', () => {
  const own = simplexPrototypes({ classes: 3, dimensions: 2 });
  const foreign = { ...own, values: other.Float32Array.from(own.values) };
  const file = encodeNpy(own);

  it('are no instances of the arrays of this one, to begin with', () => {
    expect(foreign.values instanceof Float32Array).toBe(false);
  });

  it('are written and read as .npy files', () => {
    expect(encodeNpy(foreign)).toEqual(file);
    const doubles = other.Float64Array.from([1, 2]);
    expect(decodeNpy(encodeNpy({ shape: [2], values: doubles })).values).toEqual(Float64Array.of(1, 2));
    expect(prototypesFromNpy(other.Uint8Array.from(file)).values).toEqual(own.values);
    // At an offset in a larger buffer, and as the ArrayBuffer that fetch gives.
    const padded = other.Uint8Array.from([9, 9, ...file, 9]);
    expect(prototypesFromNpy(padded.subarray(2, 2 + file.length)).values).toEqual(own.values);
    expect(prototypesFromNpy(other.Uint8Array.from(file).buffer).values).toEqual(own.values);
    expect(prototypesFromNpy(file.slice().buffer).values).toEqual(own.values);
  });

  it('are taken as prototypes, vectors and JSON', async () => {
    const json = other.JSON.parse(JSON.stringify(prototypesToJSON(own))) as unknown;
    expect(prototypesFromJSON(json)).toEqual(own);
    expect(prototypesFromJSON(foreign).values).toEqual(own.values);
    const rows = other.Array.of<ArrayLike<number>>(
      other.Float32Array.of(1, 0),
      other.Array.of(0, 1),
      other.Float64Array.of(-1, 0),
    );
    expect(prototypesFromVectors(rows).values).toEqual(Float32Array.of(1, 0, 0, 1, -1, 0));
    expect(separation(foreign)).toEqual(separation(own));
    expect(rankingAgreement(foreign, rows)).toBe(rankingAgreement(own, rows));
    const extended = await extendPrototypes(foreign, 1, { reserved: other.Float32Array.of(0, 1) });
    expect(extended.values).toEqual(Float32Array.of(...own.values, 0, 1));
    expect(
      (
        await assignLabels(
          foreign,
          other.Array.from([
            [1, 2, 3],
            [2, 1, 0],
            [3, 0, 1],
          ]),
        )
      ).order,
    ).toHaveLength(3);
  });
});
