import { join, relative } from 'node:path';
import { carryOut } from './carry-out.js';
import { resolveExperiment } from '../experiment/resolve-experiment.js';
import { formatResult } from '../printing/format-result.js';
import { limitThreads } from '../sweep/limit-threads.js';
import { openData, type ExperimentData } from '../engine/data/open-data.js';
import { prepareEngine } from '../engine/prepare-engine.js';
import { printJson } from '../printing/print-json.js';
import { combineReporters } from '../printing/combine-reporters.js';
import { createReporter, type ReporterKind } from '../printing/create-reporter.js';
import { createTensorBoardReporter } from '../printing/tensorboard-reporter.js';
import { readFinishedRun } from '../records/run-folder.js';
import type { RunResult } from '../records/run-result.js';
import { stopSignal } from '../printing/stop-signal.js';
import type { Mode } from '../engine/training-step.js';
import { UserError } from '../records/user-error.js';
import { createProgressWriter } from '../records/progress-writer.js';
import { runConfig } from '../experiment/same-run.js';

/** What `bench run` was asked for. */
export interface RunCommandOptions {
  readonly seed?: number;
  readonly set: readonly string[];
  readonly epochs?: number;
  readonly limitImages?: number;
  readonly out?: string;
  readonly dataFolder?: string;
  readonly threads?: number;
  readonly resume?: true;
  readonly force?: true;
  readonly mode: Mode;
  readonly reporter: ReporterKind;
  readonly tensorboard?: true;
  readonly json?: true;
}

/** Carries out one experiment and prints its result. */
export async function runCommand(name: string, options: RunCommandOptions): Promise<void> {
  const experiment = resolveExperiment(name, options);
  const folder = options.out ?? join('runs', experiment.study, experiment.name, `seed-${experiment.seed}`);
  const finished = options.resume ? readFinishedRun(folder, runConfig(experiment)) : undefined;
  if (finished) {
    show(finished, folder, options);
    return;
  }
  const shown = createReporter(options.reporter);
  const reporters = [shown, createProgressWriter()];
  const stop = stopSignal(() => {
    shown.close();
    process.stderr.write('Stopping after this step; press Ctrl-C again to stop at once.\n');
  });
  let result: RunResult;
  let data: ExperimentData | undefined;
  try {
    data = await openData(experiment, { ...options, signal: stop.signal });
    const threads = limitThreads(options.threads);
    const engine = await prepareEngine({ signal: stop.signal });
    if (options.tensorboard) {
      const { node } = await import('@hyperspherical/tfjs-native');
      reporters.push(createTensorBoardReporter(node));
    }
    const reporter = combineReporters(reporters);
    // Another process may have ended the run while the data was loaded.
    const endedMeanwhile = options.resume ? readFinishedRun(folder, runConfig(experiment)) : undefined;
    result =
      endedMeanwhile ??
      (await carryOut(experiment, {
        ...options,
        ...{ data, engine, threads, folder },
        signal: stop.signal,
        emit: (event) => {
          reporter.report(event);
        },
      }));
  } finally {
    combineReporters(reporters).close();
    stop.release();
    await data?.close();
  }
  show(result, folder, options);
}

function show(result: RunResult, folder: string, { json }: RunCommandOptions): void {
  if (json) printJson(result);
  else process.stdout.write(`${formatResult(result)}\nRun folder: ${relative('.', folder)}\n`);
  if (result.status === 'interrupted') {
    throw new UserError(
      `Interrupted: ${result.reason ?? ''}. Everything so far is kept; type the same command with --resume to go on.`,
      { exitCode: 1 },
    );
  }
  if (result.status === 'diverged')
    throw new UserError(`The run diverged: ${result.reason ?? ''}.`, { exitCode: 1 });
}
