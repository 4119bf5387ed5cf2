/** What is done with a word that is not valid text. */
export type UnicodeErrors = 'skip' | 'strict' | 'ignore' | 'replace';

/** Makes UTF-8 of the words of a source. */
export interface WordDecoder {
  /** What errors call the encoding. */
  readonly encoding: string;
  /** The text, or nothing when the bytes are not valid and the row is to be skipped or refused. */
  text(bytes: Uint8Array): string | undefined;
  /** Its UTF-8; the bytes themselves where they are it. */
  utf8(bytes: Uint8Array): Uint8Array | undefined;
}

const encoder = new TextEncoder();
const unicodeErrorsChoices: readonly string[] = ['skip', 'strict', 'ignore', 'replace'];

/**
 * Decodes words.
 *
 * @param encoding - A label of the WHATWG Encoding Standard, such as `latin1` or `gbk`.
 * @throws {RangeError} When there is no such encoding or choice, or a space has more than one byte in it.
 */
export function wordDecoder(encoding: string, unicodeErrors: UnicodeErrors): WordDecoder {
  if (!unicodeErrorsChoices.includes(unicodeErrors)) {
    throw new RangeError(
      `unicodeErrors must be ${unicodeErrorsChoices.join(', ')}, and is ${JSON.stringify(unicodeErrors)}.`,
    );
  }
  const decoders = decodersOf(encoding);
  if (decoders === undefined || decoders.strict.encoding.startsWith('utf-16')) {
    throw new RangeError(
      `encoding must be one that a TextDecoder knows and that writes ASCII as it is, such as utf-8, latin1 or gbk, and is ${JSON.stringify(encoding)}.`,
    );
  }
  const { strict, loose } = decoders;
  const isUtf8 = strict.encoding === 'utf-8';

  const textStrictly = (bytes: Uint8Array): string | undefined => {
    try {
      return strict.decode(bytes);
    } catch {
      return undefined;
    }
  };
  const text = (bytes: Uint8Array): string | undefined => {
    const right = textStrictly(bytes);
    if (right !== undefined || unicodeErrors === 'skip' || unicodeErrors === 'strict') return right;
    const replaced = loose.decode(bytes);
    return unicodeErrors === 'replace' ? replaced : replaced.replaceAll('\ufffd', '');
  };
  return {
    encoding: isUtf8 ? 'UTF-8' : encoding,
    text,
    utf8(bytes) {
      if (isUtf8 && textStrictly(bytes) !== undefined) return bytes;
      const found = text(bytes);
      return found === undefined ? undefined : encoder.encode(found);
    },
  };
}

function decodersOf(encoding: string) {
  try {
    return {
      strict: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }),
      loose: new TextDecoder(encoding, { ignoreBOM: true }),
    };
  } catch {
    return undefined;
  }
}
