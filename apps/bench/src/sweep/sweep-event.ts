import type { RunProgress } from '../records/run-progress.js';
import type { RunResult } from '../records/run-result.js';

/** Where one run of a sweep is. */
export interface SweepRun {
  readonly id: string;
  readonly title: string;
  readonly seed: number;
  /** Relative to the sweep's output folder. */
  readonly folder: string;
  /**
   * `completed` and `diverged` runs have ended for good; `refused` ones had bad input and `failed` ones crashed in every attempt, and
   * the next start of the sweep tries both again.
   */
  readonly status: 'waiting' | 'running' | 'interrupted' | 'completed' | 'diverged' | 'refused' | 'failed';
  /** How often it has been begun by this start of the sweep. */
  readonly attempts: number;
  /** What happened: why it was refused, failed or diverged, or why it is begun again. */
  readonly reason?: string | undefined;
  /** The machine that carries it out, where that is another one's business. */
  readonly host?: string | undefined;
  readonly result?: RunResult | undefined;
}

/** What a sweep tells those who watch it. */
export type SweepEvent =
  | {
      readonly kind: 'sweep-start';
      readonly name: string;
      readonly out: string;
      /** All of them, in order; some may have ended before. */
      readonly runs: readonly SweepRun[];
    }
  | { readonly kind: 'run-change'; readonly run: SweepRun }
  | { readonly kind: 'run-progress'; readonly run: SweepRun; readonly progress: RunProgress }
  /** Something that concerns no single run: Redis is gone, no worker is there. */
  | { readonly kind: 'message'; readonly text: string };

/** Shows a sweep's events somewhere; `close` leaves the terminal as it was found. */
export interface SweepReporter {
  report(event: SweepEvent): void;
  close(): void;
}
