import { describe, expect, it } from 'vitest';
import { createBreather } from '../breather.js';
import { largestCosine, normaliseRows } from '../rows.js';
import { separation } from '../separation.js';
import { bchCodes } from './bch-codes.js';
import { codePrototypes } from './code-prototypes.js';
import { golayCode, weight } from './golay-code.js';
import { leechRows } from './leech-rows.js';
import { mutuallyUnbiasedBases } from './mutually-unbiased-bases.js';
import { sharpCodes } from './sharp-codes.js';
import type { SphericalCode } from './spherical-code.js';

const exact = { absolute: 1e-12, relative: 0 };

async function expectAsPromised(code: SphericalCode, count = code.classes): Promise<void> {
  const rows = code.rows(count);
  expect(rows).toHaveLength(count * code.dimensions);
  const unit = rows.slice();
  normaliseRows(unit, code.dimensions);
  expect(rows).toBeClose(unit, exact);
  expect(await largestCosine(rows, code.dimensions, createBreather())).toBeClose(code.maxCosine, exact);
}

describe('codePrototypes', () => {
  it('reach the proven bound at the sharp configurations', () => {
    for (const [classes, dimensions] of [
      [12, 3],
      [24, 4],
      [120, 4],
      [16, 5],
      [27, 6],
      [56, 7],
      [240, 8],
      [288, 16],
      [100, 22],
    ] as const) {
      const { gap } = separation(codePrototypes({ classes, dimensions }));
      expect(gap).toBeClose(0, { absolute: 1e-6 });
    }
  });

  it('leave classes out and dimensions at 0 where the code has more or fewer', () => {
    const prototypes = codePrototypes({ classes: 99, dimensions: 25 });
    expect(prototypes.method).toBe('code:higman-sims');
    expect(separation(prototypes).maxCosine).toBeClose(1 / 11);
    for (let row = 0; row < 99; row += 1) {
      expect(Array.from(prototypes.values.subarray(row * 25 + 22, row * 25 + 25))).toEqual([0, 0, 0]);
    }
  });

  it('refuse sizes that no code has', () => {
    expect(() => codePrototypes({ classes: 13, dimensions: 3 })).toThrow(
      'no code is known here for 13 classes in 3 dimensions',
    );
  });
});

describe('sharpCodes', () => {
  it('have the number of points and the largest cosine that they promise', async () => {
    for (const code of sharpCodes) if (code.classes < 900) await expectAsPromised(code);
  });

  it('are sections of the Leech lattice with 196,560 shortest vectors, each at cosine 1/2 to 4600 others', () => {
    const rows = leechRows();
    expect(rows).toHaveLength(196_560 * 24);
    const counts = new Map<number, number>();
    for (let start = 24; start < rows.length; start += 24) {
      let cosine = 0;
      for (let axis = 0; axis < 24; axis += 1) cosine += rows[axis]! * rows[start + axis]!;
      const rounded = Math.round(cosine * 4) / 4;
      expect(Math.abs(cosine - rounded)).toBeLessThan(1e-12);
      counts.set(rounded, (counts.get(rounded) ?? 0) + 1);
    }
    expect(Object.fromEntries(counts)).toEqual({
      '0.5': 4600,
      '0.25': 47_104,
      '0': 93_150,
      '-0.25': 47_104,
      '-0.5': 4600,
      '-1': 1,
    });
  });
});

describe('mutuallyUnbiasedBases', () => {
  it('meet at 1 / sqrt(dimensions) between bases', async () => {
    const [four, sixteen, sixtyFour, many] = mutuallyUnbiasedBases;
    await expectAsPromised(four!);
    await expectAsPromised(sixteen!);
    await expectAsPromised(sixtyFour!, 300);
    await expectAsPromised(many!, 520);
  });
});

describe('bchCodes', () => {
  it('are those of the tables', () => {
    const names = (classes: number, dimensions: number) =>
      bchCodes(classes, dimensions).map(({ name }) => name);
    expect(names(100, 128).slice(-6)).toEqual([
      'bch-31-11-11',
      'bch-32-11-12',
      'bch-63-7-31',
      'bch-64-7-32',
      'bch-127-8-63',
      'bch-128-8-64',
    ]);
    expect(names(1000, 64).slice(-1)).toEqual(['bch-64-10-28']);
  });

  it('have the distance that they promise', async () => {
    for (const code of bchCodes(100, 64)) await expectAsPromised(code);
  });

  it('hold the corners of the orthoplex: the first-order Reed-Muller codes', () => {
    expect(separation(codePrototypes({ classes: 128, dimensions: 64 }))).toMatchObject({
      maxCosine: 0,
      boundName: 'orthoplex',
    });
  });
});

describe('golayCode', () => {
  it('has 759 octads, and no two words that differ in fewer than 8 bits', () => {
    const weights = golayCode().map(weight);
    expect(weights.filter((bits) => bits === 8)).toHaveLength(759);
    expect(weights.filter((bits) => bits > 0 && bits < 8)).toHaveLength(0);
  });
});
