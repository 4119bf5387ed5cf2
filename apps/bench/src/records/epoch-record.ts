import { z } from 'zod';
import { parseJson } from './parse-json.js';
import { checkRecord, type CheckRecordOptions } from './read-json-file.js';

/** Tables and pages show each metric over all epochs: many thousand of them would be no run's. */
export const mostMetrics = 100;

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
  metrics: z
    .record(z.string(), z.number())
    .refine(
      (metrics) => Object.keys(metrics).length <= mostMetrics,
      `there are more than ${mostMetrics} metrics`,
    ),
  /** Seconds of training, without evaluation. */
  trainSeconds: z.number(),
  testSeconds: z.number(),
  /** Training images a second, without evaluation. */
  imagesPerSecond: z.number(),
});

/** One epoch's numbers. */
export type EpochRecord = z.output<typeof epochRecordSchema>;

/**
 * The epochs in the text of `epochs.jsonl`; a line is whole once its end is there.
 *
 * @param options.from - The number of the text's first line, default 1.
 * @throws UserError that names the line at fault.
 */
export function parseEpochs(
  text: string,
  { from = 1, ...options }: CheckRecordOptions & { readonly from?: number },
): EpochRecord[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line, index) => {
      const where = { ...options, place: `${options.place}, line ${from + index}` };
      return checkRecord(
        parseJson(line, { ...where, mostBytes: mostLineBytes, mostLevels: 4 }),
        epochRecordSchema,
        where,
      );
    });
}

/** A line of a hundred metrics is far shorter. */
const mostLineBytes = 65_536;
