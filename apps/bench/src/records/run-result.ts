import { z } from 'zod';
import { epochRecordSchema, mostMetrics } from './epoch-record.js';
import { mostPublished, reproducesSchema } from './reproduces.js';

/** What a run is judged by. */
export const metricSchema = z.strictObject({
  /** A key of an epoch's `metrics`. */
  name: z.string(),
  higherIsBetter: z.boolean(),
  /** Of the metric's values, such as `degrees`; absent for shares. */
  unit: z.string().optional(),
});

const runResultShape = z.strictObject({
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
  reproduces: z.array(reproducesSchema).max(mostPublished),
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
  history: z
    .record(z.string(), z.array(z.number()))
    .refine(
      (history) => Object.keys(history).length <= mostMetrics + 2,
      `there are more than ${mostMetrics} metrics`,
    ),
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

/**
 * What `result.json` holds; a reader checks `schemaVersion` before anything else. Numbers that stand in several places must agree, so that a
 * result in which a person changed one of them is not read as good.
 */
export const runResultSchema = runResultShape.superRefine((result, context) => {
  for (const [path, message] of contradictions(result)) {
    context.addIssue({ code: 'custom', path: [...path], message });
  }
});

/** How a run ended, in numbers. */
export type RunResult = z.output<typeof runResultSchema>;

type Contradiction = readonly [path: readonly (string | number)[], message: string];

function contradictions({ status, epochs, final, best, history, metric }: RunResult): Contradiction[] {
  const found: Contradiction[] = [];
  for (const [key, values] of Object.entries(history)) {
    if (values.length !== epochs)
      found.push([['history', key], `it has ${values.length} values for ${epochs} epochs; it seems edited`]);
  }
  if (epochs === 0) {
    if (status === 'completed') found.push([['status'], 'it is completed without an epoch; it seems edited']);
    if (final !== null || best !== null) found.push([['final'], 'there was no epoch; it seems edited']);
    return found;
  }
  for (const [key, record] of Object.entries({ final, best })) {
    if (record === null || (key === 'final' && record.epoch !== epochs)) {
      found.push([[key], `it is not one of the ${epochs} epochs; it seems edited`]);
      continue;
    }
    const { trainLoss, testLoss, metrics } = record;
    for (const [name, value] of Object.entries({ trainLoss, testLoss, ...metrics })) {
      if (history[name]?.[record.epoch - 1] !== value)
        found.push([
          [key, name],
          `${value} is not what the history says of epoch ${record.epoch}; it seems edited`,
        ]);
    }
  }
  const values = history[metric.name] ?? [];
  // Not by spreading them: a call takes no hundred thousand arguments.
  const most = values.reduce(
    metric.higherIsBetter ? greater : smaller,
    metric.higherIsBetter ? -Infinity : Infinity,
  );
  if (best?.metrics[metric.name] !== most)
    found.push([['best'], `it is not the best ${metric.name} of the history; it seems edited`]);
  return found;
}

function greater(left: number, right: number): number {
  return Math.max(left, right);
}

function smaller(left: number, right: number): number {
  return Math.min(left, right);
}
