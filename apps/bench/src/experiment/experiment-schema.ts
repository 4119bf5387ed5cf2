import { z } from 'zod';
import { backboneSchema } from './backbone-schema.js';
import { datasetSchema } from './dataset-schema.js';
import { headSchema } from './head-schema.js';
import { mostPublished, reproducesSchema } from '../records/reproduces.js';
import { trainingSchema } from './training-schema.js';

const classes = z.array(z.int().min(0)).min(1);

const evaluationSchema = z
  .strictObject({
    unknownClasses: classes
      .optional()
      .describe(
        'Classes that training did not have: how well the largest score tells that they are unknown.',
      ),
    newClasses: z
      .strictObject({ classes, examples: z.int().min(1).describe('Training images of each.') })
      .optional()
      .describe('Classes that get the mean direction of a few examples as prototype after training.'),
  })
  .describe('What is measured once, after the last epoch; classes are numbered as in the whole dataset.');

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
  initialise: z
    .strictObject({
      from: z
        .string()
        .describe(
          "A finished run's folder, relative to the working folder; {seed} stands for this run's seed.",
        ),
    })
    .optional()
    .describe('Starts from the weights of another run with the same backbone, all but the output layer.'),
  evaluation: evaluationSchema.optional(),
  seed: z.int().min(0).max(0xffffffff).default(0).describe('Of weights, prototypes, order and augmentation.'),
  reproduces: z.array(reproducesSchema).max(mostPublished).default([]),
  differs: z
    .string()
    .optional()
    .describe('What differs from the published setting of all that this experiment stands beside.'),
  comparable: z
    .boolean()
    .optional()
    .describe(
      'False where data or unit are others than the published ones: reports show both and subtract nothing.',
    ),
});

/** A validated experiment, with every default filled in. */
export type Experiment = z.output<typeof experimentSchema>;
