import { z } from 'zod';
import { reproducesSchema } from '../records/reproduces.js';

const settings = z.record(z.string(), z.unknown());

/**
 * A study: experiments that differ in what they compare. `<study>/<cell>` is `base` with the cell on top; where there is `quick`,
 * `<study>-quick/<cell>` is that with `quick` and the cell's own `quick` on top.
 */
export const studySchema = z.strictObject({
  $schema: z.string().optional(),
  study: z.string().describe('Runs of one study make one table.'),
  paper: z
    .string()
    .optional()
    .describe('The paper of all `reproduces`; its values are looked up by table and cell.'),
  base: settings.default({}).describe('What all cells have.'),
  quick: settings.optional(),
  cells: z.record(z.string(), settings),
});

/** A study's file, with its defaults filled in. */
export type Study = z.output<typeof studySchema>;

/** Settings that studies extend by name. */
export const partsSchema = z.strictObject({
  $schema: z.string().optional(),
  parts: z.record(z.string(), settings),
});

/** The published values of a paper, by table and cell; a cell that the paper only drew has no value. */
export const paperSchema = z.strictObject({
  $schema: z.string().optional(),
  paper: z.string(),
  tables: z.record(
    z.string(),
    z.record(
      z.string(),
      reproducesSchema.pick({ metric: true, value: true, deviation: true, runs: true }).partial(),
    ),
  ),
});
