import { Option, type Command } from 'commander';
import type { CompareOptions } from '../report/compare/compare-runs.js';

/** Adds `bench compare A B`: the paired differences of two configurations over seeds. */
export function addCompareCommand(program: Command): void {
  program
    .command('compare <A> <B>')
    .summary('test whether two configurations differ, over the seeds that both have')
    .description(
      'Pairs the completed runs of A and B by seed, and prints the differences B - A with their mean, its 95 % interval and the p ' +
        'value of the paired t test. A and B are folders of runs, or <study>/<name> of experiments with runs below --runs.',
    )
    .option('--metric <name>', 'compare by this metric (default: the one that the runs are judged by)')
    .addOption(
      new Option('--at <when>', 'after the last epoch, or at the best one by the test set')
        .choices(['final', 'best'])
        .default('final'),
    )
    .option('--runs <folder>', 'where runs named by <study>/<name> are', 'runs')
    .option('--json', 'print one JSON document on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  bench compare quick/softmax quick/hyperspherical\n  bench compare runs/first runs/second --metric meanAbsoluteError --json',
    )
    .action(async (nameA: string, nameB: string, options: CompareOptions) => {
      const { compareRuns } = await import('../report/compare/compare-runs.js');
      compareRuns(nameA, nameB, options);
    });
}
