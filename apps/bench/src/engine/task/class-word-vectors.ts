import {
  type ClassVectors,
  classVectors,
  wordsToLookUp,
  type Synonyms,
} from '@hyperspherical/word-embeddings';
import { openWordVectors, type OpenWordVectorsOptions } from '@hyperspherical/word-embeddings/node';
import { UserError } from '../../records/user-error.js';

/** The options of `openWordVectors` that a person may choose. */
export type WordsReading = Pick<
  OpenWordVectorsOptions,
  'format' | 'limit' | 'encoding' | 'unicodeErrors' | 'duplicates' | 'cache'
>;

/** Which word vectors, and what stands in for names that they lack. */
export interface ClassWords {
  /** A name that @hyperspherical/word-embeddings knows, or a file. */
  readonly words: string;
  /** How that file is read. */
  readonly wordsReading?: WordsReading | undefined;
  readonly synonyms?: Synonyms | undefined;
}

/**
 * One word vector a class, in the classes' order, and how each was found. Skipped rows are reported on stderr, unless `onWarning` is given.
 *
 * @throws UserError when the vectors cannot be had or a class name is not among them.
 */
export async function readClassVectors(
  classNames: readonly string[],
  { words, wordsReading, synonyms = {} }: ClassWords,
  { onWarning = warn, ...reading }: Pick<OpenWordVectorsOptions, 'signal' | 'onProgress' | 'onWarning'> = {},
): Promise<ClassVectors> {
  try {
    const opened = await openWordVectors(words, {
      ...wordsReading,
      ...reading,
      onWarning,
      words: wordsToLookUp(classNames, { synonyms }),
      // Most of these words are guesses at what a name may be in the vocabulary.
      badRows: 'error-when-used',
    });
    return classVectors(classNames, opened, { synonyms });
  } catch (cause) {
    if (reading.signal?.aborted) throw cause;
    throw new UserError((cause as Error).message, { cause });
  }
}

function warn(message: string): void {
  process.stderr.write(`Warning: ${message}\n`);
}
