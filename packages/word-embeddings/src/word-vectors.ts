/** Words and their vectors, wherever they come from. */
export interface WordVectors {
  /** The length of every vector. */
  readonly dimensions: number;
  /** Whether there is a vector for exactly this word: case counts. */
  has(word: string): boolean;
  /** The word's vector, `[dimensions]`; not a copy, so treat it as read-only. */
  vector(word: string): Float32Array | undefined;
}

/**
 * Word vectors from pairs of word and vector.
 *
 * @throws {RangeError} When there is none, two vectors differ in length, one is empty, or one has a number that is not finite.
 *
 * @example
 * wordVectors([['king', [1, 2]], ['queen', [1, 3]]]).vector('queen'); // Float32Array [1, 3]
 */
export function wordVectors(entries: Iterable<readonly [string, ArrayLike<number>]>): WordVectors {
  const vectors = new Map<string, Float32Array>();
  let dimensions = 0;
  for (const [word, values] of entries) {
    const vector = Float32Array.from(values);
    if (vectors.size === 0) dimensions = vector.length;
    if (vector.length === 0 || vector.length !== dimensions) {
      throw new RangeError(
        `the vector of "${word}" has ${vector.length} numbers; all must have the same number of them, and at least 1.`,
      );
    }
    if (!vector.every((value) => Number.isFinite(value))) {
      throw new RangeError(`the vector of "${word}" has a number that is not finite.`);
    }
    vectors.set(word, vector);
  }
  if (vectors.size === 0) throw new RangeError('there are no word vectors.');
  return fromMap(dimensions, vectors);
}

/** Word vectors over a map that is known to be right. */
export function fromMap(dimensions: number, vectors: ReadonlyMap<string, Float32Array>): WordVectors {
  return {
    dimensions,
    has: (word) => vectors.has(word),
    vector: (word) => vectors.get(word),
  };
}
