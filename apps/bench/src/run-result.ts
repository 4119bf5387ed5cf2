import { z } from 'zod';
import { epochRecordSchema } from './epoch-record.js';

/** What `result.json` holds; a reader checks `schemaVersion` before anything else. */
export const runResultSchema = z.strictObject({
  schemaVersion: z.literal(1),
  status: z.enum(['completed', 'interrupted', 'diverged']),
  /** What happened, where the status is not `completed`. */
  reason: z.string().optional(),
  name: z.string(),
  title: z.string(),
  seed: z.int(),
  parameters: z.int(),
  epochs: z.int(),
  steps: z.int(),
  /** The last epoch's numbers; null when none was finished. */
  final: epochRecordSchema.nullable(),
  /** The epoch of the highest test accuracy: a selection on the test set, kept apart from `final`. */
  best: epochRecordSchema.nullable(),
  accuracies: z.array(z.number()),
  /** Training and evaluation, over all parts of an interrupted run. */
  seconds: z.number(),
  /** Training images a second over the whole run, without evaluation. */
  imagesPerSecond: z.number(),
});

/** How a run ended, in numbers. */
export type RunResult = z.output<typeof runResultSchema>;
