import { expect, it } from 'vitest';
import { withSeed } from './with-seed.js';

it('withSeed names the folder that goes with a seed, and leaves other folders alone', () => {
  expect(withSeed('runs/study/pilot/seed-{seed}', 2)).toBe('runs/study/pilot/seed-2');
  expect(withSeed('runs/study/pilot/seed-0', 2)).toBe('runs/study/pilot/seed-0');
});
