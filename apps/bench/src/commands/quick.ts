import { join, relative } from 'node:path';
import type { Command } from 'commander';
import type { RunInTurnOptions } from '../engine/run.js';
import type { Changes } from '../experiment/resolve-experiment.js';
import { printJson } from '../printing/print-json.js';
import { summaryTable } from '../printing/summary-table.js';
import type { RunResult } from '../records/run-result.js';
import { UserError } from '../records/user-error.js';
import { modeOption } from './mode-option.js';
import { integerOption } from './integer-option.js';

/** What `bench quick` was asked for. */
interface QuickOptions extends Omit<Changes, 'set'>, Omit<RunInTurnOptions, 'reporter' | 'tensorboard'> {
  readonly out?: string;
  readonly json?: true;
}

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
    .addOption(modeOption())
    .option('--json', 'print one JSON document on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  bench quick\n  bench quick --epochs 1 --limit-images 2000 --out runs/try',
    )
    .action(async (options: QuickOptions) => {
      if (options.resume && options.out === undefined)
        throw new UserError('--resume needs --out <folder>: the folder of the runs to go on with.');
      const { resolveExperiment } = await import('../experiment/resolve-experiment.js');
      const { runInTurn } = await import('../engine/run.js');
      const out = options.out ?? join('runs', `quick-${timestamp()}`);
      const started = performance.now();
      const planned = ['hyperspherical', 'softmax'].map((method) => ({
        experiment: resolveExperiment(`quick/${method}`, options),
        folder: join(out, method),
      }));
      const results = await runInTurn(planned, options);
      const runs = results.map((result, index) => ({ folder: planned[index]!.folder, result }));
      const seconds = (performance.now() - started) / 1000;
      if (options.json) printJson({ runs, seconds });
      else process.stdout.write(`${summaryTable(runs)}\n${seconds.toFixed(0)} s in all.\n`);
      refuseUnlessCompleted(results, out, options);
    });
}

function refuseUnlessCompleted(results: readonly RunResult[], out: string, options: QuickOptions): void {
  const last = results.at(-1);
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
  const diverged = results.find(({ status }) => status === 'diverged');
  if (diverged)
    throw new UserError(`The ${diverged.title} run diverged: ${diverged.reason ?? ''}.`, { exitCode: 1 });
}

function timestamp(): string {
  return new Date().toISOString().slice(0, 19).replaceAll(':', '').replace('T', '-');
}
