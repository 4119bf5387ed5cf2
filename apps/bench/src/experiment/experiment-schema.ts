import { z } from 'zod';
import { backboneSchema } from './backbone-schema.js';
import { datasetSchema } from './dataset-schema.js';
import { headSchema } from './head-schema.js';
import { reproducesSchema } from './reproduces.js';
import { trainingSchema } from './training-schema.js';

const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]*$/, 'must be lower-case letters, digits, dots and hyphens');

/** Everything that decides a run's numbers, as one strict JSON file. */
export const experimentSchema = z.strictObject({
  $schema: z.string().optional(),
  study: name.default('own').describe('Runs of one study make one table.'),
  name,
  title: z.string().min(1).describe('How tables and progress lines call the run.'),
  description: z.string().optional().describe('What the experiment is there to show.'),
  dataset: datasetSchema,
  backbone: backboneSchema,
  head: headSchema,
  training: trainingSchema,
  seed: z.int().min(0).max(0xffffffff).default(0).describe('Of weights, prototypes, order and augmentation.'),
  reproduces: z.array(reproducesSchema).default([]),
  differs: z
    .string()
    .optional()
    .describe('What differs from the published setting of all that this experiment stands beside.'),
});

/** A validated experiment, with every default filled in. */
export type Experiment = z.output<typeof experimentSchema>;
