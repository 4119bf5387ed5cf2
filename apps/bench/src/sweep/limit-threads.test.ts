import { availableParallelism } from 'node:os';
import { afterEach, expect, test, vi } from 'vitest';
import { limitThreads, threadsPerJob } from './limit-threads.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('limitThreads(n) tells TensorFlow so by its own variables', () => {
  vi.stubEnv('TF_NUM_INTRAOP_THREADS', undefined);
  vi.stubEnv('TF_NUM_INTEROP_THREADS', undefined);
  expect(limitThreads(3)).toBe(3);
  expect(process.env.TF_NUM_INTRAOP_THREADS).toBe('3');
  expect(process.env.TF_NUM_INTEROP_THREADS).toBe('3');
});

test('limitThreads() changes nothing and returns what is set, else the number of cores', () => {
  vi.stubEnv('TF_NUM_INTRAOP_THREADS', '5');
  expect(limitThreads()).toBe(5);
  vi.stubEnv('TF_NUM_INTRAOP_THREADS', undefined);
  expect(limitThreads()).toBe(availableParallelism());
  expect(process.env.TF_NUM_INTRAOP_THREADS).toBeUndefined();
});

test('threadsPerJob shares the cores, one at least; a job alone is not limited', () => {
  expect(threadsPerJob()).toBeUndefined();
  expect(threadsPerJob(1)).toBeUndefined();
  expect(threadsPerJob(1000)).toBe(1);
  expect(threadsPerJob(2)).toBe(Math.max(1, Math.floor(availableParallelism() / 2)));
});
