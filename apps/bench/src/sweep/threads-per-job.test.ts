import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { threadsPerJob } from './threads-per-job.js';

test('threadsPerJob shares the cores, one at least; a job alone is not limited', () => {
  expect(threadsPerJob()).toBeUndefined();
  expect(threadsPerJob(1)).toBeUndefined();
  expect(threadsPerJob(1000)).toBe(1);
  expect(threadsPerJob(2)).toBe(Math.max(1, Math.floor(availableParallelism() / 2)));
});
