import { createRunStateReader } from '../records/run-state.js';
import type { EpochRecord } from '../records/epoch-record.js';
import type { RunProgress } from '../records/run-progress.js';
import type { RunResult } from '../records/run-result.js';
import { formatMetric, metricTitle } from './format-metric.js';
import { isLiveTerminal } from './create-reporter.js';
import { formatDuration } from './format-duration.js';
import { formatBar, formatProgress, shareDone } from './format-progress.js';
import { terminalColors } from './terminal-colors.js';
import { createLiveLines } from './live-lines.js';
import { printableLine } from '../records/printable.js';

const redrawMilliseconds = 500;

/** A run that a sweep shows. */
export interface ShownRun {
  /** Names the run in this view; one at a time. */
  readonly id: string;
  /** What its line says until the run says more; default `id`. */
  readonly title?: string;
  /** Where `progress.json` and `epochs.jsonl` can be read. Without it, call `update`. */
  readonly folder?: string;
}

/** Shows the runs of a sweep: a bar for all of them and a line for each that is being done. */
export interface SweepView {
  /** The run has begun, or begun again. */
  start(run: ShownRun): void;
  /** News of a run whose folder cannot be read from here. */
  update(id: string, progress: RunProgress, records?: readonly EpochRecord[]): void;
  /**
   * The run has ended; its line moves up and stays.
   *
   * @param outcome - Its result, or a sentence that says why there is none.
   */
  end(id: string, outcome: RunResult | string): void;
  /** A line above the view. */
  log(line: string): void;
  /** Leaves the terminal as it was found. May be called again. */
  close(): void;
}

interface RunLine {
  readonly title: string;
  readonly read: (() => { progress?: RunProgress; epochs: readonly EpochRecord[] } | undefined) | undefined;
  progress?: RunProgress;
  epochs: readonly EpochRecord[];
  /** The share that was done when this view first saw the run. */
  shareBefore?: number;
}

/**
 * A view of many runs at once on a terminal, fed by their folders or by messages; elsewhere one line when a run begins and one
 * when it ends.
 *
 * @param options.total - How many runs the sweep has.
 * @param options.done - How many of them were done before.
 */
export function createSweepView(
  stream: NodeJS.WriteStream,
  { total, done: doneBefore = 0 }: { readonly total: number; readonly done?: number },
): SweepView {
  const live = isLiveTerminal(stream);
  const draw = live ? createLiveLines(stream) : undefined;
  const colors = terminalColors(stream);
  const runs = new Map<string, RunLine>();
  const started = performance.now();
  let ended = 0;
  let failed = 0;
  let closed = false;

  const line = (message: string): void => {
    const text = printableLine(message);
    if (draw && !closed) draw.persist(text);
    else stream.write(`${text}\n`);
  };

  const header = (): string => {
    // Runs that were resumed count with what was done here.
    let here = ended;
    for (const { progress, shareBefore = 0 } of runs.values())
      if (progress) here += shareDone(progress) - shareBefore;
    const seconds = (performance.now() - started) / 1000;
    const left = total - doneBefore - ended - (here - ended);
    return [
      formatBar((doneBefore + here) / total, colors),
      `${doneBefore + ended} of ${total} runs`,
      ...(failed > 0 ? [colors.red(`${failed} failed`)] : []),
      formatDuration(seconds),
      ...(here > 0.01 ? [`about ${formatDuration((seconds / here) * left)} left`] : []),
    ].join('  ');
  };

  const redraw = (): void => {
    if (!draw || closed) return;
    for (const run of runs.values()) {
      const state = run.read?.();
      if (state) take(run, state.progress, state.epochs);
    }
    const most = Math.max(1, (stream.rows || 24) - 3);
    const lines = [...runs.values()].slice(0, most).map((run) => runLine(run));
    if (runs.size > most) lines.push(colors.dim(`and ${runs.size - most} more`));
    draw([header(), ...lines].join('\n'));
  };

  const take = (
    run: RunLine,
    progress: RunProgress | undefined,
    records: readonly EpochRecord[] | undefined,
  ): void => {
    // What an earlier part of the run has left behind is no news.
    if (progress && progress.phase !== 'ended') {
      run.progress = progress;
      if (progress.phase === 'training') run.shareBefore ??= shareDone(progress);
    }
    if (records) run.epochs = records;
  };

  const runLine = ({ title, progress, epochs }: RunLine): string => {
    if (progress === undefined) return `${colors.bold(printableLine(title))}  starting ...`;
    const last = epochs.at(-1)?.metrics ?? {};
    const metrics = Object.entries(last).map(([name, value]) =>
      printableLine(`${metricTitle(name)} ${formatMetric({ name }, value)}`),
    );
    return formatProgress({ ...progress, title }, { colors, metrics });
  };

  const timer = live ? setInterval(redraw, redrawMilliseconds).unref() : undefined;

  return {
    start({ id, title = id, folder }) {
      const read = live && folder !== undefined ? createRunStateReader(folder).read : undefined;
      runs.set(id, { title, read, epochs: [] });
      if (live) redraw();
      else line(`${title}: started`);
    },
    update(id, progress, records) {
      const run = runs.get(id);
      if (run) take(run, progress, records);
    },
    end(id, outcome) {
      const title = runs.get(id)?.title ?? id;
      runs.delete(id);
      ended += 1;
      if (typeof outcome === 'string') {
        failed += 1;
        line(`${title}: ${outcome}`);
      } else {
        if (outcome.status !== 'completed') failed += 1;
        line(`${title}: ${describeOutcome(outcome)}`);
      }
      redraw();
    },
    log: line,
    close() {
      closed = true;
      clearInterval(timer);
      draw?.clear();
      draw?.done();
    },
  };
}

function describeOutcome({ status, reason, final, metric, seconds }: RunResult): string {
  const value = final?.metrics[metric.name];
  return [
    status,
    ...(reason === undefined ? [] : [reason]),
    ...(value === undefined ? [] : [`${metricTitle(metric.name)} ${formatMetric(metric, value)}`]),
    formatDuration(seconds),
  ].join(', ');
}
