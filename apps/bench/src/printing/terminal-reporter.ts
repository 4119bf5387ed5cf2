import { createProgressTracker } from '../records/progress-tracker.js';
import type { Reporter } from '../records/training-event.js';
import { formatEpoch, formatTestMetrics } from './format-epoch.js';
import { formatProgress } from './format-progress.js';
import { terminalColors } from './terminal-colors.js';
import { createLiveLines } from './live-lines.js';
import { printableLine } from '../records/printable.js';

const redrawMilliseconds = 200;

/**
 * A live line with a bar, the last epoch's metrics, images a second and the time left; finished epochs scroll above it.
 *
 * @param options.runs - How many runs of equal length will report here, so that the time left is that of all.
 */
export function createTerminalReporter(
  stream: NodeJS.WriteStream,
  { runs }: { readonly runs: number },
): Reporter {
  const draw = createLiveLines(stream);
  const colors = terminalColors(stream);
  const tracker = createProgressTracker();
  let run = { title: '', epochs: 0, unit: undefined as string | undefined };
  let runsLeft = runs;
  let metrics: string[] = [];
  let drawn = -Infinity;
  let closed = false;

  const redraw = (): void => {
    const progress = tracker.current();
    if (progress === undefined || closed) return;
    const { secondsLeft } = progress;
    draw(
      formatProgress(
        {
          ...progress,
          secondsLeft: secondsLeft === null ? null : secondsLeft + runsLeft * tracker.secondsAWholeRun(),
        },
        { colors, metrics },
      ),
    );
  };

  return {
    report(event) {
      tracker.update(event);
      switch (event.kind) {
        case 'run-start':
          run = { title: event.title, epochs: event.epochs, unit: event.metric.unit };
          runsLeft -= 1;
          metrics = [];
          redraw();
          break;
        case 'step-end':
          if (performance.now() - drawn < redrawMilliseconds) break;
          drawn = performance.now();
          redraw();
          break;
        case 'evaluation-start':
          redraw();
          break;
        case 'epoch-end':
          metrics = formatTestMetrics(event.record, run.unit).map(printableLine);
          if (!closed) draw.persist(printableLine(formatEpoch(run, event.record)));
          redraw();
          break;
        case 'run-end':
          draw.clear();
          break;
      }
    },
    close() {
      closed = true;
      draw.clear();
      draw.done();
    },
  };
}
