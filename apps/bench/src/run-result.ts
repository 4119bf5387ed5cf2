import { z } from 'zod';
import { epochRecordSchema } from './epoch-record.js';
import { reproducesSchema } from './experiment/reproduces.js';

/** What a run is judged by. */
export const metricSchema = z.strictObject({
  /** A key of an epoch's `metrics`. */
  name: z.string(),
  higherIsBetter: z.boolean(),
  /** Of the metric's values, such as `degrees`; absent for shares. */
  unit: z.string().optional(),
});

/** What `result.json` holds; a reader checks `schemaVersion` before anything else. */
export const runResultSchema = z.strictObject({
  schemaVersion: z.literal(2),
  status: z.enum(['completed', 'interrupted', 'diverged']),
  /** What happened, where the status is not `completed`. */
  reason: z.string().optional(),
  /** The study that the experiment is part of; runs of one study make one table. */
  study: z.string(),
  name: z.string(),
  title: z.string(),
  seed: z.int(),
  /** SHA-256 of the resolved experiment without its seed: runs with the same one differ by the seed alone. */
  configuration: z.string(),
  task: z.enum(['classification', 'regression', 'joint']),
  /** The metric that `best` is chosen by and that tables show first. */
  metric: metricSchema,
  /** The published numbers that the experiment stands beside. */
  reproduces: z.array(reproducesSchema),
  parameters: z.int(),
  epochs: z.int(),
  steps: z.int(),
  /** The last epoch's numbers; null when none was finished. */
  final: epochRecordSchema.nullable(),
  /** The epoch of the best metric: a selection on the test set, kept apart from `final`. */
  best: epochRecordSchema.nullable(),
  /** What was measured once, after the last epoch: of unknown classes, of new classes. */
  extra: z.record(z.string(), z.number()).optional(),
  /** One value an epoch: `trainLoss`, `testLoss`, and each of the metrics. */
  history: z.record(z.string(), z.array(z.number())),
  /** Training and evaluation, over all parts of an interrupted run. */
  seconds: z.number(),
  /** Training images a second over the whole run, without evaluation. */
  imagesPerSecond: z.number(),
  /** When the run began and when this file was written, as ISO 8601 in UTC. */
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  /** What a number depends on besides the experiment; `environment.json` says more. */
  environment: z.strictObject({
    commit: z.string().nullable(),
    dirty: z.boolean().nullable(),
    bench: z.string(),
    tfjs: z.string(),
    tensorflow: z.string().nullable(),
    node: z.string(),
    platform: z.string(),
    cpu: z.string(),
    cores: z.number(),
    mode: z.string(),
  }),
});

/** How a run ended, in numbers. */
export type RunResult = z.output<typeof runResultSchema>;
