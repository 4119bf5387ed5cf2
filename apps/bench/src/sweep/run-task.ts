import type { Experiment } from '../experiment/experiment-schema.js';
import type { RunProgress } from '../records/run-progress.js';
import type { RunResult } from '../records/run-result.js';

/** One run that somebody is to carry out. */
export interface RunTask {
  readonly id: string;
  readonly experiment: Experiment;
  /** The run's folder. */
  readonly folder: string;
  /** Where the resolved experiment and what the run prints are kept, as `<id>.json` and `<id>.log`. */
  readonly notesFolder: string;
}

/** How one attempt at a run ended. */
export type RunOutcome =
  | { readonly status: 'finished'; readonly result: RunResult }
  /** It was told to stop, and can go on. */
  | { readonly status: 'interrupted' }
  /** Another process holds its folder. */
  | { readonly status: 'busy'; readonly reason: string }
  /** Bad input: another attempt would end the same way. */
  | { readonly status: 'refused'; readonly reason: string }
  /** Anything else: another attempt may go better. */
  | { readonly status: 'crashed'; readonly reason: string };

/** Carries out one attempt at a run, going on from what the folder holds. */
export type Runner = (
  task: RunTask,
  options: {
    /** Tells the run to finish its step, save and stop. */
    readonly signal: AbortSignal;
    /** Called about once a second with what `progress.json` holds. */
    readonly onProgress?: (progress: RunProgress) => void;
  },
) => Promise<RunOutcome>;
