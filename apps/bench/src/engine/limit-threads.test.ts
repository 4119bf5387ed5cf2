import { availableParallelism } from 'node:os';
import { afterEach, expect, test, vi } from 'vitest';
import { limitThreads } from './limit-threads.js';

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
