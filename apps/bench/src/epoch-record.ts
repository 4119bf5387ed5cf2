import { z } from 'zod';

/** One line of `epochs.jsonl`. */
export const epochRecordSchema = z.strictObject({
  /** From 1. */
  epoch: z.int().min(1),
  /** Optimiser steps since the run began. */
  steps: z.int().min(1),
  learningRate: z.number(),
  /** Mean over the epoch's training examples, while the weights moved. */
  trainLoss: z.number(),
  /** Mean over the test examples. */
  testLoss: z.number(),
  /**
   * Of the test set: `accuracy` (share, 0 to 1) where there are labels, `meanAbsoluteError` (in the value's own unit) where there are
   * values.
   */
  metrics: z.record(z.string(), z.number()),
  /** Seconds of training, without evaluation. */
  trainSeconds: z.number(),
  testSeconds: z.number(),
  /** Training images a second, without evaluation. */
  imagesPerSecond: z.number(),
});

/** One epoch's numbers. */
export type EpochRecord = z.output<typeof epochRecordSchema>;

/** The epochs in the text of `epochs.jsonl`; a line is whole once its end is there. */
export function parseEpochs(text: string): EpochRecord[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => epochRecordSchema.parse(JSON.parse(line)));
}
