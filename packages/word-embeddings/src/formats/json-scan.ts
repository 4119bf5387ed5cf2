export const [quoteMark, backslash, comma, colon, open, close, openList, closeList] = [
  34, 92, 44, 58, 123, 125, 91, 93,
] as const;

/** Behind the closing mark of the text that begins at `at`, or -1. */
export function textEnd(bytes: Uint8Array, at: number): number {
  for (let place = at + 1; place < bytes.length; place += 1) {
    if (bytes[place] === backslash) place += 1;
    else if (bytes[place] === quoteMark) return place + 1;
  }
  return -1;
}

/** The first place from `at` on that is not white space, or -1. */
export function afterSpace(bytes: Uint8Array, at: number): number {
  for (let place = at; place < bytes.length; place += 1) {
    const byte = bytes[place]!;
    if (byte !== 32 && (byte < 9 || byte > 13)) return place;
  }
  return -1;
}

/** How many values a list `bytes[from, to)` of plain values has; -1 when there are texts, lists or objects in it. */
export function countValues(bytes: Uint8Array, from: number, to: number): number {
  let count = 1;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at]!;
    if (byte === comma) count += 1;
    else if (byte === quoteMark || byte === openList || byte === open) return -1;
  }
  return count;
}

/** Skips a value of any depth, in pieces, without keeping anything of it but how deep it is. */
export class ValueSkipper {
  #depth = 0;
  #inText = false;
  #escaped = false;

  /** Where after `from` the value ends, or -1 when more bytes are needed. */
  skip(bytes: Uint8Array, from: number): number {
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at]!;
      if (this.#inText) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === backslash) this.#escaped = true;
        else if (byte === quoteMark) this.#inText = false;
      } else if (byte === quoteMark) this.#inText = true;
      else if (byte === open || byte === openList) this.#depth += 1;
      else if (this.#depth === 0 && (byte === comma || byte === close)) return at;
      else if (byte === close || byte === closeList) this.#depth -= 1;
    }
    return -1;
  }
}
