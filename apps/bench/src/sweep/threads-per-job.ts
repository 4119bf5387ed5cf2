import { availableParallelism } from 'node:os';

/** The threads of each of several runs at a time; undefined where a run alone may have all cores. */
export function threadsPerJob(jobs = 1): number | undefined {
  return jobs === 1 ? undefined : Math.max(1, Math.floor(availableParallelism() / jobs));
}
