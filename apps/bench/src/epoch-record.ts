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
  testLoss: z.number(),
  /** Share of the test images, 0 to 1. */
  testAccuracy: z.number().min(0).max(1),
  /** Seconds of training, without evaluation. */
  trainSeconds: z.number(),
  testSeconds: z.number(),
  /** Training images a second, without evaluation. */
  imagesPerSecond: z.number(),
});

/** One epoch's numbers. */
export type EpochRecord = z.output<typeof epochRecordSchema>;
