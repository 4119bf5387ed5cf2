import type { Reporter } from '../records/training-event.js';
import { printableLine } from '../records/printable.js';
import { formatEpoch } from './format-epoch.js';

/** One line an epoch, for logs and pipes. */
export function createLinesReporter(stream: NodeJS.WritableStream): Reporter {
  let run = { title: '', epochs: 0, unit: undefined as string | undefined };
  return {
    report(event) {
      if (event.kind === 'run-start') {
        run = { title: event.title, epochs: event.epochs, unit: event.metric.unit };
        stream.write(
          `${printableLine(`${event.title}: ${event.epochs} epochs of ${event.trainImages} images, ${event.parameters} parameters, in ${event.folder}`)}\n`,
        );
      } else if (event.kind === 'epoch-end') {
        stream.write(`${printableLine(formatEpoch(run, event.record))}\n`);
      }
    },
    close() {
      // Nothing to put back.
    },
  };
}
