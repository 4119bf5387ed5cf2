import type { Reporter } from '../records/training-event.js';
import { createJsonlReporter } from './jsonl-reporter.js';
import { createLinesReporter } from './lines-reporter.js';
import { createTerminalReporter } from './terminal-reporter.js';

/** The values of `--reporter`. */
export const reporterKinds = ['auto', 'terminal', 'lines', 'jsonl', 'silent'] as const;

/** How progress is shown. */
export type ReporterKind = (typeof reporterKinds)[number];

/**
 * A reporter on stderr. `auto`: a live line on a terminal that can move its cursor, and one line an epoch elsewhere.
 *
 * @param options.runs - How many runs of equal length will report, default 1.
 */
export function createReporter(
  kind: ReporterKind,
  {
    runs = 1,
    stream = process.stderr,
  }: { readonly runs?: number; readonly stream?: NodeJS.WriteStream } = {},
): Reporter {
  switch (kind) {
    case 'terminal':
      return createTerminalReporter(stream, { runs });
    case 'lines':
      return createLinesReporter(stream);
    case 'jsonl':
      return createJsonlReporter(stream);
    case 'silent':
      return { report: () => undefined, close: () => undefined };
    case 'auto':
      return createReporter(isLiveTerminal(stream) ? 'terminal' : 'lines', { runs, stream });
  }
}

/** Whether lines that have been written can be changed. A terminal of no size (some containers have one) shows nothing. */
export function isLiveTerminal({
  isTTY,
  columns,
  rows,
}: {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}): boolean {
  return isTTY === true && process.env.TERM !== 'dumb' && columns !== 0 && rows !== 0;
}
