import { bundledExperiment } from '../experiment/bundled-digest.js';
import { configurationDigest } from '../experiment/configuration-digest.js';
import { publishedNumbers } from '../experiment/published-numbers.js';
import type { FoundRun } from '../records/find-runs.js';

/**
 * A run beside the published numbers that its experiment names now: where one is mended or added, nothing has to be run again. Runs of other
 * settings than the experiment's, and of experiments that do not come with the bench, keep what they were run with.
 */
export function withCurrentNumbers({ folder, result }: FoundRun): FoundRun {
  const experiment = bundledExperiment(`${result.study}/${result.name}`);
  if (experiment === undefined || configurationDigest(experiment) !== result.configuration)
    return { folder, result };
  return { folder, result: { ...result, reproduces: publishedNumbers(experiment) } };
}
