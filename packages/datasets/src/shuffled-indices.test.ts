import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shuffledIndices } from './shuffled-indices.js';

describe('shuffledIndices', () => {
  it('holds every number once', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.maxSafeNat(), fc.nat(1000), (size, seed, epoch) => {
        const sorted = shuffledIndices(size, { seed, epoch }).sort();
        expect([...sorted]).toEqual(Array.from({ length: size }, (_, index) => index));
      }),
      { seed: 4, numRuns: 100 },
    );
  });

  it('depends on seed and epoch alone, and on every bit of the seed', () => {
    const order = (seed: number, epoch: number) => shuffledIndices(50, { seed, epoch }).join();
    const orders = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
      [2 ** 32, 0],
      [2 ** 52, 0],
    ].map(([seed, epoch]) => order(seed!, epoch!));
    expect(new Set(orders).size).toBe(orders.length);
    expect(order(1, 1)).toBe(orders[3]);
  });

  it('gives every order about equally often, over neighbouring seeds', () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 6000; seed += 1) {
      const order = shuffledIndices(3, { seed, epoch: 0 }).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // 1000 each, with a standard deviation of 29.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });
});
