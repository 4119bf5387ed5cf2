import { z } from 'zod';

const path = z
  .string()
  .regex(
    /^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/,
    'must be the path of a setting, such as training.optimizer.learningRate',
  );

const value = z.json();

/** Many runs as one strict JSON file: every experiment at every point of the grid with every seed. */
export const sweepSchema = z.strictObject({
  $schema: z.string().optional(),
  name: z
    .string()
    .max(200, 'must have at most 200 characters')
    .regex(/^[a-z0-9][a-z0-9.-]*$/, 'must be lower-case letters, digits, dots and hyphens')
    .describe('What the sweep is called; its own files go to <out>/sweeps/<name>.'),
  description: z.string().optional().describe('What the sweep is there to show.'),
  experiments: z
    .array(z.string().min(1))
    .min(1, 'must name at least one experiment')
    .describe(
      'Experiments that come with the bench (<study>/<name>, or <study>/* for all of a study) and JSON files, relative to this one.',
    ),
  grid: z
    .record(path, z.array(value).min(1, 'must hold at least one value'))
    .default({})
    .describe('Values of settings by their paths; every combination is run. A value may be a whole object.'),
  seeds: z
    .array(z.int().min(0).max(0xffffffff))
    .min(1, 'must hold at least one seed')
    .default([0])
    .describe('Each run is repeated with each of these.'),
  set: z.record(path, value).default({}).describe('Settings that all runs share, by their paths.'),
});

/** A validated sweep, with every default filled in. */
export type Sweep = z.output<typeof sweepSchema>;
