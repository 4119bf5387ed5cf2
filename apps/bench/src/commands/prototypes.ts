import { type Command, Option } from 'commander';
import type { WordsReading } from '../engine/task/class-word-vectors.js';
import type { PrototypesOptions } from './print-prototypes.js';
import type { SemanticOptions } from './print-semantic-prototypes.js';
import { UserError } from '../records/user-error.js';
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
    .addOption(
      new Option(
        '--words-format <name>',
        'format of that file (default: recognized by its first bytes)',
      ).choices(['glove', 'word2vec-text', 'word2vec-binary', 'json']),
    )
    .option('--words-limit <n>', 'how many of its rows to read', integerOption(1))
    .option('--words-encoding <name>', 'what its words are written in, such as latin1 (default: utf-8)')
    .addOption(
      new Option(
        '--words-unicode-errors <what>',
        'words that are not valid text: skip the row (default), be strict, ignore or replace what is wrong',
      ).choices(['skip', 'strict', 'ignore', 'replace']),
    )
    .addOption(
      new Option(
        '--words-duplicates <what>',
        'words that are there twice (default: error for those that a class needs, else keep-first)',
      ).choices(['error', 'keep-first']),
    )
    .option('--no-words-cache', 'read that file itself, and keep no compact form of it')
    .option('--seed <n>', 'seed of the search', integerOption(0), 0)
    .option('--restarts <n>', 'searches to keep the best of', integerOption(1))
    .option('--out <file.npy>', 'write the prototypes, [classes, dimensions] float32, for NumPy')
    .option('--json', 'print one JSON document on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  bench prototypes --classes 100 --dimensions 25 --json\n  bench prototypes --semantic cifar100 --dimensions 10',
    )
    .action(async ({ semantic, words, classes, method, ...given }: Given) => {
      const { wordsReading, options } = splitReading(given);
      if (semantic !== undefined) {
        if (classes !== undefined || method !== undefined) {
          throw new UserError(
            '--semantic has its own number of classes and its own method; leave --classes and --method out.',
          );
        }
        const { printSemanticPrototypes } = await import('./print-semantic-prototypes.js');
        await printSemanticPrototypes({
          semantic,
          words: words ?? 'wink-embeddings',
          wordsReading,
          ...options,
        });
        return;
      }
      if (words !== undefined) throw new UserError('--words needs --semantic: whose names are meant?');
      if (Object.keys(wordsReading).length > 0) {
        throw new UserError(
          'The options --words-... and --no-words-cache need --semantic: whose names are meant?',
        );
      }
      if (classes === undefined) throw new UserError('Give --classes <n>, or --semantic <names>.');
      const { printPrototypes } = await import('./print-prototypes.js');
      await printPrototypes({ classes, method: method ?? 'auto', ...options });
    });
}

/** Takes the options that say how word vectors are read out of the others. */
function splitReading({
  wordsFormat: format,
  wordsLimit: limit,
  wordsEncoding: encoding,
  wordsUnicodeErrors: unicodeErrors,
  wordsDuplicates: duplicates,
  wordsCache: cache,
  ...options
}: Reading & Others) {
  const all = {
    format,
    limit,
    encoding,
    unicodeErrors,
    duplicates,
    cache: cache === false ? false : undefined,
  };
  const chosen = Object.entries(all).filter(([, value]) => value !== undefined);
  return { wordsReading: Object.fromEntries(chosen) as WordsReading, options };
}

type Reading = { readonly [Key in keyof WordsReading as `words${Capitalize<Key>}`]?: WordsReading[Key] };

type Others = Omit<PrototypesOptions, 'classes' | 'method'>;

type Given = Others &
  Reading &
  Partial<Pick<PrototypesOptions, 'classes' | 'method'> & Pick<SemanticOptions, 'semantic' | 'words'>>;
