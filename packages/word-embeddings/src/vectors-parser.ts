import { binaryReader } from './formats/binary-reader.js';
import {
  detectFormat,
  detectionBytes,
  refuseOtherFormats,
  type WordVectorsFormat,
} from './formats/detect-format.js';
import type { FormatReader, FormatReaderOptions } from './formats/format-reader.js';
import { jsonReader } from './formats/json-reader.js';
import { textReader } from './formats/text-reader.js';

/** Takes a source piece by piece. */
export interface VectorsParser {
  push(bytes: Uint8Array): void;
  finish(): void;
  /** Whether no further piece is needed. */
  isDone(): boolean;
}

const mostRowBytes = 1 << 24;
const noBytes = new Uint8Array(0);

/** Reads word vectors in any format into a sink; the format is told by the first bytes when it is not given. */
export function vectorsParser({
  format,
  ...options
}: FormatReaderOptions & { readonly format?: WordVectorsFormat | undefined }): VectorsParser {
  let reader: FormatReader | undefined;
  let rest: Uint8Array = noBytes;
  let offset = 0;

  const read = (bytes: Uint8Array, last: boolean): void => {
    if (reader === undefined) {
      if (!last && bytes.length < detectionBytes) {
        rest = bytes;
        return;
      }
      const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
      offset = mark;
      bytes = bytes.subarray(mark);
      refuseOtherFormats(bytes, options.name);
      reader = readerOf(format ?? detectFormat(bytes), options);
    }
    const done = reader.read(bytes, offset, last);
    offset += done;
    rest = reader.isDone() ? noBytes : bytes.subarray(done);
    if (rest.length > mostRowBytes) {
      throw new RangeError(
        `${options.name}, byte ${offset}: a word and its numbers take more than ${mostRowBytes} bytes from there on; it is no word vector.`,
      );
    }
  };

  return {
    isDone: () => reader?.isDone() === true,
    push(bytes) {
      if (reader?.isDone()) return;
      if (rest.length === 0) read(bytes, false);
      else read(joined(rest, bytes), false);
      // The caller may use its memory for the next piece.
      rest = rest.slice();
    },
    finish() {
      if (!reader?.isDone()) read(rest, true);
      reader!.finish();
    },
  };
}

function readerOf(format: WordVectorsFormat, options: FormatReaderOptions): FormatReader {
  switch (format) {
    case 'glove':
      return textReader(options, { header: false });
    case 'word2vec-text':
      return textReader(options, { header: true });
    case 'word2vec-binary':
      return binaryReader(options);
    case 'json':
      return jsonReader(options);
    default:
      throw new RangeError(
        `format must be glove, word2vec-text, word2vec-binary or json, and is ${JSON.stringify(format)}.`,
      );
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
