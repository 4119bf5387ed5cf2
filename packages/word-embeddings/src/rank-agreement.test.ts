import { describe, expect, it } from 'vitest';
import { rankAgreement } from './rank-agreement.js';

describe('rankAgreement', () => {
  const line = (angles: readonly number[]) => angles.map((angle) => [Math.cos(angle), Math.sin(angle)]);

  it('is 1 for spaces that order all pairs alike, whatever their dimensions and lengths', () => {
    const first = line([0, 0.1, 0.5, 1.2]);
    const second = line([0, 0.2, 0.7, 1.5]).map(([x, y]) => [3 * x!, 3 * y!, 0]);
    expect(rankAgreement(first, second)).toEqual({ triplets: 1, spearman: expect.closeTo(1, 12) as number });
  });

  it('counts triplets and ranks pairs', () => {
    // Pairs 01, 02, 12 have angles 1, 3, 2 in one and 2, 3, 1 in the other.
    const { triplets, spearman } = rankAgreement(line([0, 1, 3]), line([0, 2, 3]));
    // From item 0 and item 2 both agree, from item 1 they do not.
    expect(triplets).toBeCloseTo(2 / 3, 12);
    // 1 - 6 * (1 + 0 + 1) / (3 * 8)
    expect(spearman).toBeCloseTo(0.5, 12);
  });

  it('is chance for a space that says nothing', () => {
    const same = [0, 1, 2].map(() => [1, 0]);
    expect(rankAgreement(line([0, 1, 3]), same)).toEqual({ triplets: 0.5, spearman: Number.NaN });
  });

  it('refuses spaces that cannot be compared', () => {
    expect(() => rankAgreement([[1], [2]], [[1], [2]])).toThrow('at least 3, and have 2 and 2.');
    expect(() => rankAgreement([[1], [2], [3]], [[1], [2]])).toThrow('have 3 and 2.');
  });
});
