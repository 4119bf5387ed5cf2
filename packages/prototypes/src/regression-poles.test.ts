import { describe, expect, it } from 'vitest';
import { regressionPoles } from './regression-poles.js';

describe('regressionPoles', () => {
  it('lie at the two ends of the first axis', () => {
    const { upper, lower } = regressionPoles(3);
    expect(upper).toBeClose([1, 0, 0]);
    expect(lower).toBeClose([-1, 0, 0]);
  });

  it('lie on orthogonal axes for several targets', () => {
    expect(regressionPoles(3, { targets: 2 }).upper).toBeClose([1, 0, 0, 0, 1, 0]);
  });

  it('refuse more targets than dimensions', () => {
    expect(() => regressionPoles(2, { targets: 3 })).toThrow(
      'targets must be at most dimensions, 2, and is 3',
    );
    expect(() => regressionPoles(0)).toThrow('dimensions must be an integer of at least 1, and is 0');
  });
});
