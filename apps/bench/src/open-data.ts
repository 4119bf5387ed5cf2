import type { Experiment } from './experiment/experiment-schema.js';
import { loadSplits, type LoadSplitsOptions, type Splits } from './load-splits.js';

/** Loads the splits that an experiment trains and tests on, with the choices of its `dataset` made. */
export async function openData({ dataset }: Experiment, options: LoadSplitsOptions): Promise<Splits> {
  return loadSplits(dataset.kind, {
    ...options,
    ...(dataset.limitImages === undefined ? {} : { limitImages: dataset.limitImages }),
    ...(dataset.labels === undefined ? {} : { labels: dataset.labels }),
  });
}
