import { classVectors, wordsToLookUp, type Synonyms } from '@hyperspherical/word-embeddings';
import { openWordVectors } from '@hyperspherical/word-embeddings/node';
import { UserError } from './user-error.js';

/** Which word vectors, and what stands in for names that they lack. */
export interface ClassWords {
  /** A name that @hyperspherical/word-embeddings knows, or a file. */
  readonly words: string;
  readonly synonyms?: Synonyms | undefined;
}

/**
 * One word vector a class, in the classes' order.
 *
 * @throws UserError when the vectors cannot be had or a class name is not among them.
 */
export async function readClassVectors(
  classNames: readonly string[],
  { words, synonyms = {} }: ClassWords,
  signal?: AbortSignal,
): Promise<readonly Float32Array[]> {
  try {
    const opened = await openWordVectors(words, {
      words: wordsToLookUp(classNames, { synonyms }),
      ...(signal === undefined ? {} : { signal }),
    });
    return classVectors(classNames, opened, { synonyms }).rows;
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new UserError((cause as Error).message, { cause });
  }
}
