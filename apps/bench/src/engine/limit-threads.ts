import { availableParallelism } from 'node:os';

/**
 * Sets how many threads TensorFlow computes with, and returns it for `environment.json`: convolutions add up in another order with
 * another number, so the last bits of a run depend on it. Works only before the engine is loaded.
 *
 * @param threads - Default: what TF_NUM_INTRAOP_THREADS says, or one a core.
 */
export function limitThreads(threads?: number): number {
  if (threads === undefined) return Number(process.env.TF_NUM_INTRAOP_THREADS) || availableParallelism();
  process.env.TF_NUM_INTRAOP_THREADS = String(threads);
  process.env.TF_NUM_INTEROP_THREADS = String(threads);
  return threads;
}
