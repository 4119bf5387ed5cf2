import type { Reporter } from '../training-event.js';
import { formatEpoch } from './format-epoch.js';

/** One line an epoch, for logs and pipes. */
export function createLinesReporter(stream: NodeJS.WritableStream): Reporter {
  let title = '';
  let epochs = 0;
  return {
    report(event) {
      if (event.kind === 'run-start') {
        ({ title, epochs } = event);
        stream.write(
          `${title}: ${event.epochs} epochs of ${event.trainImages} images, ${event.parameters} parameters, in ${event.folder}\n`,
        );
      } else if (event.kind === 'epoch-end') {
        stream.write(`${formatEpoch(title, epochs, event.record)}\n`);
      }
    },
    close() {
      // Nothing to put back.
    },
  };
}
