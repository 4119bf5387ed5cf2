import { decodeStrictly } from './format-reader.js';

/** A format that can be read. */
export type WordVectorsFormat = 'glove' | 'word2vec-text' | 'word2vec-binary' | 'json';

/** How many bytes `detectFormat` looks at. */
export const detectionBytes = 4096;

const others: readonly (readonly [magic: readonly number[], what: string])[] = [
  [[0x1f, 0x8b], 'gzipped; unpack it first, or open it as a file'],
  [[0x50, 0x4b, 3, 4], 'a zip archive; unpack it first'],
  [[0xba, 0x16, 0x4f, 0x2f], 'a fastText model; use the .vec file that belongs to it'],
  [[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], "NumPy's .npy; it has no words"],
  [[0x80, 4, 0x95], "a Python pickle, such as gensim's own; save it with save_word2vec_format"],
];

/**
 * The format of word vectors by their first bytes: JSON begins with `{"`; word2vec's formats begin with a line of two whole numbers, and in the
 * binary one the first word is not followed by text; all else is GloVe's.
 *
 * @throws {RangeError} When the bytes are of a kind that is known and holds no such vectors.
 */
export function detectFormat(bytes: Uint8Array, name: string): WordVectorsFormat {
  for (const [magic, what] of others) {
    if (magic.every((byte, index) => bytes[index] === byte)) throw new RangeError(`${name} is ${what}.`);
  }
  const head = bytes.subarray(0, detectionBytes);
  const text = new TextDecoder('latin1').decode(head);
  if (/^\s*\{\s*["}]/.test(text)) return 'json';
  const header = /^\d+ \d+\s*?\n/.exec(text);
  if (header === null) return /^\d+ \d+ *\r?$/.test(text) ? 'word2vec-text' : 'glove';
  return isText(head.subarray(header[0].length)) ? 'word2vec-text' : 'word2vec-binary';
}

/** Whether the first row is text: UTF-8 without control characters, which a few float32 numbers in binary never are. */
function isText(rows: Uint8Array): boolean {
  const feed = rows.indexOf(10);
  const line = feed < 0 ? rows : rows.subarray(0, feed);
  if (line.some((byte) => byte < 32 && byte !== 9 && byte !== 13)) return false;
  return feed < 0 || decodeStrictly(line) !== undefined;
}
