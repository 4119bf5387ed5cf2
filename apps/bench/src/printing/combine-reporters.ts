import type { Reporter } from '../records/training-event.js';

/** One reporter that passes everything on to several, in order. */
export function combineReporters(reporters: readonly Reporter[]): Reporter {
  return {
    report(event) {
      for (const reporter of reporters) reporter.report(event);
    },
    close() {
      for (const reporter of reporters) reporter.close();
    },
  };
}
