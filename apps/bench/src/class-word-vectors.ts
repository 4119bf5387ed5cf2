import { classVectors, wordsToLookUp } from '@hyperspherical/word-embeddings';
import { openWordVectors } from '@hyperspherical/word-embeddings/node';
import { UserError } from './user-error.js';

/**
 * One word vector a class, in the classes' order.
 *
 * @param words - A name that @hyperspherical/word-embeddings knows, or a file.
 * @throws UserError when the vectors cannot be had or a class name is not among them.
 */
export async function readClassVectors(
  classNames: readonly string[],
  words: string,
  signal?: AbortSignal,
): Promise<readonly Float32Array[]> {
  try {
    const opened = await openWordVectors(words, {
      words: wordsToLookUp(classNames),
      ...(signal === undefined ? {} : { signal }),
    });
    return classVectors(classNames, opened).rows;
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new UserError((cause as Error).message, { cause });
  }
}
