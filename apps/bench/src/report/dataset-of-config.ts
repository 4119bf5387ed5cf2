import { type DatasetCard, listDatasets } from '@hyperspherical/datasets';
import { z } from 'zod';

const configSchema = z.object({ dataset: z.object({ kind: z.string() }) });

/**
 * The card of the dataset that an experiment is about; undefined where it is not known.
 *
 * @param config - What a run's `config.json` holds.
 */
export function datasetOfConfig(config: unknown): DatasetCard | undefined {
  const { data } = configSchema.safeParse(config);
  return listDatasets().find(({ name }) => name === data?.dataset.kind);
}
