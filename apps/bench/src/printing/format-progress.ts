import { printableLine } from '../records/printable.js';
import type { RunProgress } from '../records/run-progress.js';
import { formatDuration } from './format-duration.js';
import type { Colors } from './terminal-colors.js';

const barWidth = 20;

/** A bar of twenty signs, filled by a share of 0 to 1. */
export function formatBar(share: number, colors: Colors): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * barWidth);
  return colors.cyan('━'.repeat(full)) + colors.dim('─'.repeat(barWidth - full));
}

/** The share of a run that is done, 0 to 1, by its steps. */
export function shareDone({ epoch, epochs, step, stepsPerEpoch }: RunProgress): number {
  return (Math.max(0, epoch - 1) + step / stepsPerEpoch) / epochs;
}

/**
 * Where a run is, on one line.
 *
 * @param options.metrics - The last epoch's metrics as printable texts.
 */
export function formatProgress(
  progress: RunProgress,
  { colors, metrics = [] }: { readonly colors: Colors; readonly metrics?: readonly string[] },
): string {
  const { phase, epoch, epochs, step, stepsPerEpoch, loss, imagesPerSecond, secondsLeft } = progress;
  const title = printableLine(progress.title);
  if (phase === 'starting') return `${colors.bold(title)}  ${progress.parameters} parameters, starting ...`;
  const where = `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`;
  return [
    colors.bold(title),
    where,
    formatBar(step / stepsPerEpoch, colors),
    ...(phase === 'evaluating' ? ['testing ...'] : []),
    ...(loss === null ? [] : [`loss ${loss.toFixed(3)}`]),
    ...metrics,
    `${Math.round(imagesPerSecond)} images/s`,
    ...(secondsLeft === null ? [] : [`${formatDuration(secondsLeft)} left`]),
  ].join('  ');
}
