import type { Reporter } from '../records/training-event.js';

/** Each event as one line of JSON, for programs that start a run and follow it. Numbers that are not finite become null. */
export function createJsonlReporter(stream: NodeJS.WritableStream): Reporter {
  return {
    report(event) {
      stream.write(`${JSON.stringify(event)}\n`);
    },
    close() {
      // Nothing to put back.
    },
  };
}
