/* eslint-disable no-control-regex -- Formats begin with control characters. */
/** A format that can be read. */
export type WordVectorsFormat = 'glove' | 'word2vec-text' | 'word2vec-binary' | 'json';

/** How many bytes `detectFormat` looks at. */
export const detectionBytes = 4096;

const compressed = (what: string, program: string): string =>
  `compressed by ${what}, which is not read; unpack it first (${program}), or compress it by gzip`;

/** Beginnings of files that hold no word vectors; a number is a byte. */
const others: readonly (readonly [beginning: RegExp, what: string])[] = [
  [/^\x1f\x8b/, 'gzipped; unpack it first, or open it as a file'],
  [/^PK(?:\x03\x04|\x05\x06|\x07\x08)/, 'a zip archive; unpack it first (unzip)'],
  [/^\x28\xb5\x2f\xfd/, compressed('Zstandard', 'zstd -d')],
  [/^BZh[1-9](?:\x31\x41\x59\x26\x53\x59|\x17\x72\x45)/, compressed('bzip2', 'bunzip2')],
  [/^\xfd7zXZ\0/, compressed('xz', 'unxz')],
  [/^\x04\x22\x4d\x18/, compressed('LZ4', 'lz4 -d')],
  [/^7z\xbc\xaf\x27\x1c/, 'a 7z archive; unpack it first (7z x)'],
  [/^Rar!\x1a\x07/, 'a rar archive; unpack it first (unrar x)'],
  [/^[^]{257}ustar/, 'a tar archive; unpack it first (tar -xf)'],
  [/^\xba\x16\x4f\x2f/, 'a fastText model; use the .vec file that belongs to it'],
  [/^\x93NUMPY/, "NumPy's .npy; it has no words"],
  [/^\x80[\x02-\x05]/, "a Python pickle, such as gensim's own; save it with save_word2vec_format"],
  [/^\x89HDF\r\n/, 'an HDF5 file; export its vectors as text'],
  [/^(?:\xff\xfe|\xfe\xff)/, 'text in UTF-16; convert it to UTF-8 first'],
  [
    /^\s*<(?:!doctype|!--|html|head|body|\?xml|script)\b/i,
    'a web page (HTML), not word vectors; the download went wrong, so fetch it again, perhaps after signing in',
  ],
  [
    /^version https:\/\/git-lfs\.github\.com\/spec\//,
    'a Git LFS pointer, not the file it stands for; fetch that with git lfs pull',
  ],
];

/**
 * Refuses bytes whose beginning says that they hold no word vectors.
 *
 * @throws {RangeError} Says what they are and what to do.
 */
export function refuseOtherFormats(bytes: Uint8Array, name: string): void {
  const text = latin1(bytes.subarray(0, detectionBytes));
  for (const [beginning, what] of others) {
    if (beginning.test(text)) throw new RangeError(`${name} is ${what}.`);
  }
}

/**
 * The format of word vectors by their first bytes: JSON begins with `{"`; word2vec's formats begin with a line of two whole numbers, and in the
 * binary one the first word is not followed by text; all else is GloVe's.
 */
export function detectFormat(bytes: Uint8Array): WordVectorsFormat {
  const head = bytes.subarray(0, detectionBytes);
  const text = latin1(head);
  if (/^\s*\{\s*["}]/.test(text)) return 'json';
  const header = /^\d+[ \t]+\d+[ \t\r]*\n/.exec(text);
  if (header === null) return /^\d+[ \t]+\d+[ \t]*\r?$/.test(text) ? 'word2vec-text' : 'glove';
  return isText(head.subarray(header[0].length)) ? 'word2vec-text' : 'word2vec-binary';
}

/**
 * Whether rows are text: one of the first lines ends in a number, or all bytes are text. In binary, line feeds are anywhere, and the bytes of
 * numbers are mostly none of text.
 */
function isText(rows: Uint8Array): boolean {
  const lines = latin1(rows).split('\n');
  const whole = lines.length > 1 ? lines.slice(0, -1) : lines.map((line) => line.replace(/\S+$/, ''));
  if (whole.slice(0, 10).some((line) => textRow.test(line))) return true;
  if (/[\0-\x08\x0b\x0c\x0e-\x1f]/.test(latin1(rows))) return false;
  try {
    // Its last letter may be cut.
    new TextDecoder('utf-8', { fatal: true }).decode(rows, { stream: true });
    return true;
  } catch {
    return false;
  }
}

const textRow = /^[^\0-\x08\x0b\x0c\x0e-\x1f]*[ \t][-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i;

/** One character a byte. WHATWG's `latin1` is Windows-1252, which has other characters from 128 to 159. */
function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
