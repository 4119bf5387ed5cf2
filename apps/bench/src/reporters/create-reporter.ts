import type { Reporter } from '../training-event.js';
import { createLinesReporter } from './lines-reporter.js';
import { createTerminalReporter } from './terminal-reporter.js';

/** How progress is shown. */
export type ReporterKind = 'auto' | 'terminal' | 'lines' | 'silent';

/** A reporter on stderr; `auto` is a live line on a terminal, and one line an epoch elsewhere. */
export function createReporter(kind: ReporterKind, _options: { readonly folder: string }): Reporter {
  switch (kind) {
    case 'terminal':
      return createTerminalReporter(process.stderr, { runs: 1 });
    case 'lines':
      return createLinesReporter(process.stderr);
    case 'silent':
      return { report: () => undefined, close: () => undefined };
    case 'auto':
      return createReporter(process.stderr.isTTY ? 'terminal' : 'lines', _options);
  }
}
