import { z } from 'zod';

/** What `progress.json` holds: where a run is, replaced about once a second while it runs, for those who watch its folder. */
export const runProgressSchema = z.strictObject({
  schemaVersion: z.literal(1),
  process: z.int(),
  /** ISO 8601, in UTC. */
  updatedAt: z.iso.datetime(),
  title: z.string(),
  seed: z.int(),
  phase: z.enum(['starting', 'training', 'evaluating', 'ended']),
  /** From 1, and steps within it; of how many. */
  epoch: z.int().min(0),
  epochs: z.int().min(1),
  step: z.int().min(0),
  stepsPerEpoch: z.int().min(1),
  loss: z.number().nullable(),
  learningRate: z.number().nullable(),
  imagesPerSecond: z.number(),
  secondsLeft: z.number().nullable(),
  parameters: z.int(),
});

/** Where a run is. */
export type RunProgress = z.output<typeof runProgressSchema>;
