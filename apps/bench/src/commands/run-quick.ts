import { join, relative } from 'node:path';
import { carryOut } from './carry-out.js';
import { resolveExperiment } from '../experiment/resolve-experiment.js';
import { limitThreads } from '../sweep/limit-threads.js';
import { prepareEngine } from '../engine/prepare-engine.js';
import { combineReporters } from '../printing/combine-reporters.js';
import { createReporter } from '../printing/create-reporter.js';
import { readFinishedRun } from '../records/run-folder.js';
import type { RunResult } from '../records/run-result.js';
import { stopSignal } from '../printing/stop-signal.js';
import { summaryTable } from '../printing/summary-table.js';
import type { Mode } from '../engine/training-step.js';
import { UserError } from '../records/user-error.js';
import { openData } from '../engine/data/open-data.js';
import { printJson } from '../printing/print-json.js';
import { createProgressWriter } from '../records/progress-writer.js';
import { runConfig } from '../experiment/same-run.js';

/** What `bench quick` was asked for. */
export interface QuickOptions {
  readonly epochs?: number;
  readonly limitImages?: number;
  readonly seed?: number;
  readonly out?: string;
  readonly dataFolder?: string;
  readonly resume?: true;
  readonly force?: true;
  readonly mode: Mode;
  readonly json?: true;
}

const methods = ['hyperspherical', 'softmax'] as const;

/** Trains both methods side by side and prints a table, or one JSON document. */
export async function runQuick(options: QuickOptions): Promise<void> {
  if (options.resume && options.out === undefined)
    throw new UserError('--resume needs --out <folder>: the folder of the runs to go on with.');
  const out = options.out ?? join('runs', `quick-${timestamp()}`);
  const started = performance.now();
  const shown = createReporter('auto', { runs: methods.length });
  const reporter = combineReporters([shown, createProgressWriter()]);
  const stop = stopSignal(() => {
    shown.close();
    process.stderr.write('Stopping after this step; press Ctrl-C again to stop at once.\n');
  });
  try {
    const data = await openData(resolveExperiment(`quick/${methods[0]}`, options), {
      ...options,
      signal: stop.signal,
    });
    const threads = limitThreads();
    const engine = await prepareEngine({ signal: stop.signal });
    const runs: { readonly folder: string; readonly result: RunResult }[] = [];
    for (const method of methods) {
      const experiment = resolveExperiment(`quick/${method}`, options);
      const folder = join(out, method);
      const finished = options.resume ? readFinishedRun(folder, runConfig(experiment)) : undefined;
      const result =
        finished ??
        (await carryOut(experiment, {
          ...options,
          ...{ data, engine, threads, folder },
          signal: stop.signal,
          emit: (event) => {
            reporter.report(event);
          },
        }));
      runs.push({ folder, result });
      if (result.status === 'interrupted') break;
    }
    reporter.close();
    const seconds = (performance.now() - started) / 1000;
    if (options.json) printJson({ runs, seconds });
    else process.stdout.write(`${summaryTable(runs)}\n${seconds.toFixed(0)} s in all.\n`);
    reportUnfinished(runs, out, options);
  } finally {
    reporter.close();
    stop.release();
  }
}

function reportUnfinished(
  runs: readonly { readonly result: RunResult }[],
  out: string,
  options: QuickOptions,
): void {
  const last = runs.at(-1)?.result;
  if (last?.status === 'interrupted') {
    const words = [
      'bench quick --resume',
      `--out ${relative('.', out)}`,
      ...(options.epochs === undefined ? [] : [`--epochs ${options.epochs}`]),
      ...(options.limitImages === undefined ? [] : [`--limit-images ${options.limitImages}`]),
      ...(options.seed === undefined ? [] : [`--seed ${options.seed}`]),
      ...(options.dataFolder === undefined ? [] : [`--data-folder ${options.dataFolder}`]),
    ];
    throw new UserError(
      `Interrupted: ${last.reason ?? ''}. Everything so far is kept; go on with: ${words.join(' ')}`,
      { exitCode: 1 },
    );
  }
  const diverged = runs.find(({ result }) => result.status === 'diverged')?.result;
  if (diverged)
    throw new UserError(`The ${diverged.title} run diverged: ${diverged.reason ?? ''}.`, { exitCode: 1 });
}

function timestamp(): string {
  return new Date().toISOString().slice(0, 19).replaceAll(':', '').replace('T', '-');
}
