import type { EpochRecord } from './epoch-record.js';
import type { RunResult } from './run-result.js';

/** What a run tells those who watch it. The trainer emits; reporters show. */
export type TrainingEvent =
  | {
      readonly kind: 'run-start';
      readonly metric: RunResult['metric'];
      readonly seed: number;
      readonly title: string;
      readonly folder: string;
      readonly epochs: number;
      readonly stepsPerEpoch: number;
      readonly batchSize: number;
      readonly trainImages: number;
      readonly testImages: number;
      readonly parameters: number;
    }
  | {
      readonly kind: 'step-end';
      /** From 1. */
      readonly epoch: number;
      /** From 1, within the epoch. */
      readonly step: number;
      readonly images: number;
      readonly seconds: number;
      /** Mean over the batch's examples. */
      readonly loss: number;
      readonly learningRate: number;
    }
  | { readonly kind: 'evaluation-start'; readonly epoch: number }
  | { readonly kind: 'epoch-end'; readonly record: EpochRecord }
  | { readonly kind: 'run-end'; readonly result: RunResult };

/** Shows a run's events somewhere; `close` leaves the terminal as it was found. */
export interface Reporter {
  report(event: TrainingEvent): void;
  close(): void;
}
