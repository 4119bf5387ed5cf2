import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Command } from 'commander';
import { type Experiment } from '../experiment-schema.js';
import { parseExperiment } from '../parse-experiment.js';
import { prepareEngine } from '../prepare-engine.js';
import { createLinesReporter } from '../reporters/lines-reporter.js';
import { createTerminalReporter } from '../reporters/terminal-reporter.js';
import { readFinishedRun } from '../run-folder.js';
import { runExperiment } from '../run-experiment.js';
import { type RunResult } from '../run-result.js';
import { stopSignal } from '../stop-signal.js';
import { summaryTable } from '../summary-table.js';
import { type Reporter } from '../training-event.js';
import { UserError } from '../user-error.js';
import { integerOption } from './integer-option.js';
import { loadSplits } from './load-splits.js';
import { printJson } from './print-json.js';

interface QuickOptions {
  readonly epochs?: number;
  readonly limitImages?: number;
  readonly seed?: number;
  readonly out?: string;
  readonly dataFolder?: string;
  readonly resume?: true;
  readonly force?: true;
  readonly json?: true;
}

const methods = ['hyperspherical', 'softmax'];

/** Adds `bench quick`: both methods on CIFAR-10, side by side. */
export function addQuickCommand(program: Command): void {
  program
    .command('quick')
    .summary('train ResNet-8 on CIFAR-10, hyperspherical prototypes against softmax')
    .description(
      'Trains ResNet-8 on CIFAR-10 twice, once with hyperspherical prototypes and once with softmax cross entropy: the same ' +
        'seed, data order and number of steps. Ends with a table and leaves a folder per run.',
    )
    .option('--epochs <n>', 'epochs of each run (default: 3)', integerOption(1))
    .option('--limit-images <n>', 'use only the first n images of each split', integerOption(1))
    .option('--seed <n>', 'seed of weights, prototypes and data order (default: 0)', integerOption(0))
    .option('--out <folder>', 'where the run folders go (default: runs/quick-<time>)')
    .option('--data-folder <folder>', 'read CIFAR-10 from this folder instead of the cache')
    .option('--resume', 'go on with the interrupted runs in --out')
    .option('--force', 'replace the runs in --out')
    .option('--json', 'print one JSON document on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  bench quick\n  bench quick --epochs 1 --limit-images 2000 --out runs/try',
    )
    .action(quick);
}

async function quick(options: QuickOptions): Promise<void> {
  if (options.resume && options.out === undefined)
    throw new UserError('--resume needs --out <folder>: the folder of the runs to go on with.');
  const out = options.out ?? join('runs', `quick-${timestamp()}`);
  const started = performance.now();
  const reporter = createReporter();
  const stop = stopSignal(() => {
    reporter.close();
    process.stderr.write('Stopping after this step; press Ctrl-C again to stop at once.\n');
  });
  try {
    const engine = await prepareEngine({ signal: stop.signal });
    const data = await loadSplits('cifar10', { ...options, signal: stop.signal });
    const runs: { readonly folder: string; readonly result: RunResult }[] = [];
    for (const method of methods) {
      const experiment = adjust(loadExperiment(method), options);
      const folder = join(out, method);
      const finished = options.resume ? readFinishedRun(folder, experiment) : undefined;
      const result =
        finished ??
        (await runExperiment({
          experiment,
          train: data.train,
          test: data.test,
          normalise: data.normalise,
          folder,
          resume: options.resume ?? false,
          force: options.force ?? false,
          facts: { engine, data: data.facts },
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

function createReporter(): Reporter {
  return process.stderr.isTTY
    ? createTerminalReporter(process.stderr, { runs: methods.length })
    : createLinesReporter(process.stderr);
}

function loadExperiment(method: string): Experiment {
  const file = new URL(`../../experiments/quick/${method}.json`, import.meta.url);
  return parseExperiment(JSON.parse(readFileSync(file, 'utf8')), `experiments/quick/${method}.json`);
}

function adjust(experiment: Experiment, { epochs, limitImages, seed }: QuickOptions): Experiment {
  return {
    ...experiment,
    seed: seed ?? experiment.seed,
    dataset: { ...experiment.dataset, ...(limitImages === undefined ? {} : { limitImages }) },
    training: { ...experiment.training, epochs: epochs ?? experiment.training.epochs },
  };
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
