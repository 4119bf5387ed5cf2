import type { RunProgress } from '../run-progress.js';
import type { RunResult } from '../run-result.js';
import type { SweepReporter, SweepRun } from './sweep-event.js';
import type { SweepRecord } from './sweep-record.js';

/** Where all runs of a sweep are: every change goes to the reporter and into `sweep.json`. */
export interface SweepProgress {
  readonly runs: readonly SweepRun[];
  change(id: string, change: Partial<Omit<SweepRun, 'id'>>): void;
  /** @param host - The machine that carried it out, where that is not this process's business. */
  finish(id: string, result: RunResult, host?: string): void;
  progress(id: string, progress: RunProgress): void;
  message(text: string): void;
}

/** Begins to follow a sweep's runs. */
export function followSweep(
  sweep: { readonly name: string; readonly out: string; readonly runs: readonly SweepRun[] },
  { record, reporter }: { readonly record: SweepRecord; readonly reporter: SweepReporter },
): SweepProgress {
  const runs = new Map(sweep.runs.map((run) => [run.id, run]));
  record.write(sweep.runs);
  reporter.report({ kind: 'sweep-start', ...sweep });
  const change: SweepProgress['change'] = (id, changes) => {
    const run = { ...runs.get(id)!, ...changes };
    runs.set(id, run);
    record.write([...runs.values()]);
    reporter.report({ kind: 'run-change', run });
  };
  return {
    get runs() {
      return [...runs.values()];
    },
    change,
    finish(id, result, host) {
      change(id, { ...endOf(result), result, host });
    },
    progress(id, progress) {
      reporter.report({ kind: 'run-progress', run: runs.get(id)!, progress });
    },
    message(text) {
      reporter.report({ kind: 'message', text });
    },
  };
}

/** How a finished run's result is told. */
export function endOf(result: RunResult): Pick<SweepRun, 'status' | 'reason'> {
  return result.status === 'diverged'
    ? { status: 'diverged', reason: result.reason }
    : { status: 'completed', reason: undefined };
}
