import { describe, expect, it } from 'vitest';
import { createBreather } from './breather.js';
import { minimise } from './minimise.js';

describe('minimise', () => {
  it('follows the bent valley of Rosenbrock to its end', async () => {
    const point = new Float64Array([-1.2, 1]);
    const value = await minimise(
      ([x, y], gradient) => {
        gradient[0] = -400 * x! * (y! - x! * x!) - 2 * (1 - x!);
        gradient[1] = 200 * (y! - x! * x!);
        return 100 * (y! - x! * x!) ** 2 + (1 - x!) ** 2;
      },
      point,
      { steps: 100, breather: createBreather() },
    );
    expect(point).toBeClose([1, 1]);
    expect(value).toBeLessThan(1e-15);
  });

  it('takes no more steps than it may', async () => {
    let taken = 0;
    await minimise(
      ([x], gradient) => {
        gradient[0] = 4 * x! ** 3;
        return x! ** 4;
      },
      new Float64Array([10]),
      { steps: 3, breather: createBreather(), onStep: () => (taken += 1) },
    );
    expect(taken).toBe(3);
  });
});
