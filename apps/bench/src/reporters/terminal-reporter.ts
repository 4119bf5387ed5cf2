import { createLogUpdate } from 'log-update';
import pc from 'picocolors';
import type { Reporter } from '../training-event.js';
import { formatDuration } from './format-duration.js';
import { formatEpoch } from './format-epoch.js';

const barWidth = 20;
const redrawMilliseconds = 100;

/**
 * A live line with a bar, images a second and the time left; finished epochs scroll above it.
 *
 * @param options.runs - How many runs of equal length will report here, so that the time left is that of all.
 */
export function createTerminalReporter(
  stream: NodeJS.WriteStream,
  { runs }: { readonly runs: number },
): Reporter {
  const draw = createLogUpdate(stream);
  const state = {
    title: '',
    epochs: 0,
    unit: undefined as string | undefined,
    stepsPerEpoch: 0,
    run: 0,
    imagesPerSecond: 0,
    secondsPerStep: 0,
    drawn: -Infinity,
  };

  const bar = (share: number): string => {
    const full = Math.round(share * barWidth);
    return pc.cyan('━'.repeat(full)) + pc.dim('─'.repeat(barWidth - full));
  };

  return {
    report(event) {
      switch (event.kind) {
        case 'run-start':
          state.run += 1;
          Object.assign(state, {
            title: event.title,
            epochs: event.epochs,
            unit: event.metric.unit,
            stepsPerEpoch: event.stepsPerEpoch,
          });
          draw(`${pc.bold(state.title)}  ${event.parameters} parameters, starting ...`);
          break;
        case 'step-end': {
          const speed = event.images / event.seconds;
          state.imagesPerSecond =
            state.imagesPerSecond === 0 ? speed : 0.95 * state.imagesPerSecond + 0.05 * speed;
          state.secondsPerStep =
            state.secondsPerStep === 0 ? event.seconds : 0.95 * state.secondsPerStep + 0.05 * event.seconds;
          if (performance.now() - state.drawn < redrawMilliseconds) break;
          state.drawn = performance.now();
          const done = (event.epoch - 1) * state.stepsPerEpoch + event.step;
          const ofRun = state.epochs * state.stepsPerEpoch;
          const left = (runs - state.run) * ofRun + ofRun - done;
          draw(
            [
              pc.bold(state.title),
              `epoch ${event.epoch}/${state.epochs}`,
              bar(event.step / state.stepsPerEpoch),
              `loss ${event.loss.toFixed(3)}`,
              `${Math.round(state.imagesPerSecond)} images/s`,
              `${formatDuration(left * state.secondsPerStep)} left`,
            ].join('  '),
          );
          break;
        }
        case 'evaluation-start':
          draw(`${pc.bold(state.title)}  epoch ${event.epoch}/${state.epochs}  testing ...`);
          break;
        case 'epoch-end':
          draw(formatEpoch(state, event.record));
          draw.done();
          break;
        case 'run-end':
          draw.clear();
          break;
      }
    },
    close() {
      draw.done();
    },
  };
}
