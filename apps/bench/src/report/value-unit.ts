import { datasetCard, listDatasets } from '@hyperspherical/datasets';
import { z } from 'zod';

const configSchema = z.object({
  dataset: z.object({
    kind: z.string(),
    targets: z.object({ kind: z.string() }).optional(),
  }),
});

/**
 * The unit of the values that an experiment predicts, by its data's card; undefined where they have none or it is not known.
 *
 * @param config - What a run's `config.json` holds.
 */
export function valueUnit(config: unknown): string | undefined {
  const { data } = configSchema.safeParse(config);
  if (data === undefined) return undefined;
  const { kind, targets } = data.dataset;
  if (targets?.kind === 'rotation') return 'degrees';
  const known = listDatasets().find(({ name }) => name === kind);
  return known && datasetCard(known.name).values?.unit;
}
