import { z } from 'zod';
import { datasetOfConfig } from './dataset-of-config.js';

const rotated = z.object({ dataset: z.object({ targets: z.object({ kind: z.literal('rotation') }) }) });

/**
 * The unit of the values that an experiment predicts, by its data's card; undefined where they have none or it is not known.
 *
 * @param config - What a run's `config.json` holds.
 */
export function valueUnit(config: unknown): string | undefined {
  return rotated.safeParse(config).success ? 'degrees' : datasetOfConfig(config)?.values?.unit;
}
