import type { Command } from 'commander';
import type { PrototypesOptions } from '../print-prototypes.js';
import type { SemanticOptions } from '../print-semantic-prototypes.js';
import { UserError } from '../user-error.js';
import { integerOption } from './integer-option.js';

/** Adds `bench prototypes`: how far apart prototypes are, and how far they could be. */
export function addPrototypesCommand(program: Command): void {
  program
    .command('prototypes')
    .summary('place classes on the sphere and measure their separation')
    .option('--classes <n>', 'how many classes', integerOption(2))
    .requiredOption('--dimensions <n>', 'size of the space', integerOption(1))
    .option('--method <name>', 'how to place them: auto, simplex, log-sum-exp, ... (default: auto)')
    .option(
      '--semantic <names>',
      'place them by the meaning of their names: those of a dataset, or of a file, one a line',
    )
    .option(
      '--words <source>',
      'word vectors for --semantic: wink-embeddings or a file (default: wink-embeddings)',
    )
    .option('--seed <n>', 'seed of the search', integerOption(0), 0)
    .option('--restarts <n>', 'searches to keep the best of', integerOption(1))
    .option('--out <file.npy>', 'write the prototypes, [classes, dimensions] float32, for NumPy')
    .option('--json', 'print one JSON document on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  bench prototypes --classes 100 --dimensions 25 --json\n  bench prototypes --semantic cifar100 --dimensions 10',
    )
    .action(async ({ semantic, words, classes, method, ...options }: Given) => {
      if (semantic !== undefined) {
        if (classes !== undefined || method !== undefined) {
          throw new UserError(
            '--semantic has its own number of classes and its own method; leave --classes and --method out.',
          );
        }
        const { printSemanticPrototypes } = await import('../print-semantic-prototypes.js');
        await printSemanticPrototypes({ semantic, words: words ?? 'wink-embeddings', ...options });
        return;
      }
      if (words !== undefined) throw new UserError('--words needs --semantic: whose names are meant?');
      if (classes === undefined) throw new UserError('Give --classes <n>, or --semantic <names>.');
      const { printPrototypes } = await import('../print-prototypes.js');
      await printPrototypes({ classes, method: method ?? 'auto', ...options });
    });
}

type Given = Omit<PrototypesOptions, 'classes' | 'method'> &
  Partial<Pick<PrototypesOptions, 'classes' | 'method'> & Pick<SemanticOptions, 'semantic' | 'words'>>;
