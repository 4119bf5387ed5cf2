import type { RunProgress } from '../records/run-progress.js';
import type { RunResult } from '../records/run-result.js';
import type { SweepReporter, SweepRun } from './sweep-event.js';
import type { SweepRecord } from './sweep-record.js';

/** Where all runs of a sweep are: every change goes to the reporter and into `sweep.json`. */
export interface SweepProgress {
  readonly runs: readonly SweepRun[];
  change(id: string, change: Partial<Omit<SweepRun, 'id'>>): void;
  /** @param host - The machine that carried it out, where that is not this process's business. */
  finish(id: string, result: RunResult, host?: string): void;
  progress(id: string, progress: RunProgress): void;
  readonly message: (text: string) => void;
  /** Writes what `sweep.json` does not say yet. */
  close(): void;
}

/** `sweep.json` is written so often at most: a sweep of thousands of short runs would do nothing else. */
const recordMilliseconds = 500;

/** Begins to follow a sweep's runs; the caller closes. */
export function followSweep(
  sweep: { readonly name: string; readonly out: string; readonly runs: readonly SweepRun[] },
  { record, reporter }: { readonly record: SweepRecord; readonly reporter: SweepReporter },
): SweepProgress {
  const runs = new Map(sweep.runs.map((run) => [run.id, run]));
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    timer = undefined;
    try {
      record.write([...runs.values()]);
    } catch (error) {
      // The runs' folders count, not this file: a disk that is full stops only what needs it.
      reporter.report({ kind: 'message', text: (error as Error).message });
    }
  };
  record.write([...runs.values()]);
  reporter.report({ kind: 'sweep-start', ...sweep });
  const change: SweepProgress['change'] = (id, changes) => {
    const run = { ...runs.get(id)!, ...changes };
    runs.set(id, run);
    timer ??= setTimeout(write, recordMilliseconds);
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
    close() {
      if (timer === undefined) return;
      clearTimeout(timer);
      write();
    },
  };
}

/** How a finished run's result is told. */
export function endOf({ status, reason }: RunResult): Pick<SweepRun, 'status' | 'reason'> {
  return { status, reason: status === 'completed' ? undefined : reason };
}
