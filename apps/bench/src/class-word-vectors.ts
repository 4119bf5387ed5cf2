import {
  type ClassVectors,
  classVectors,
  wordsToLookUp,
  type Synonyms,
} from '@hyperspherical/word-embeddings';
import { openWordVectors, type OpenWordVectorsOptions } from '@hyperspherical/word-embeddings/node';
import { UserError } from './user-error.js';

/** Which word vectors, and what stands in for names that they lack. */
export interface ClassWords {
  /** A name that @hyperspherical/word-embeddings knows, or a file. */
  readonly words: string;
  readonly synonyms?: Synonyms | undefined;
}

/**
 * One word vector a class, in the classes' order, and how each was found.
 *
 * @throws UserError when the vectors cannot be had or a class name is not among them.
 */
export async function readClassVectors(
  classNames: readonly string[],
  { words, synonyms = {} }: ClassWords,
  reading: Pick<OpenWordVectorsOptions, 'signal' | 'onProgress'> = {},
): Promise<ClassVectors> {
  try {
    const opened = await openWordVectors(words, {
      ...reading,
      words: wordsToLookUp(classNames, { synonyms }),
    });
    return classVectors(classNames, opened, { synonyms });
  } catch (cause) {
    if (reading.signal?.aborted) throw cause;
    throw new UserError((cause as Error).message, { cause });
  }
}
