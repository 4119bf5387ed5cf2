const littleEndian = new Uint8Array(Int32Array.of(1).buffer)[0] === 1;

/**
 * Turns planes into pixels: `count` bytes of red from `start` of `from`, then `count` of green, then of blue, become `count`
 * triples from `offset` of `to`. `count` and `offset` must be multiples of 4; `words` is the same memory as `to`.
 */
export function interleavePlanes(
  from: Uint8Array,
  start: number,
  count: number,
  to: Uint8Array,
  words: Int32Array,
  offset: number,
): void {
  if (littleEndian) interleaveByWords(from, start, count, words, offset / 4);
  else interleaveByBytes(from, start, count, to, offset);
}

/** `interleavePlanes` for little-endian machines, twice as fast: four pixels are put together in registers and stored as three words. */
export function interleaveByWords(
  from: Uint8Array,
  start: number,
  count: number,
  to: Int32Array,
  offset: number,
): void {
  const end = start + count;
  for (let red = start, at = offset; red < end; red += 4, at += 3) {
    const green = red + count;
    const blue = green + count;
    to[at] = from[red]! | (from[green]! << 8) | (from[blue]! << 16) | (from[red + 1]! << 24);
    to[at + 1] =
      from[green + 1]! | (from[blue + 1]! << 8) | (from[red + 2]! << 16) | (from[green + 2]! << 24);
    to[at + 2] = from[blue + 2]! | (from[red + 3]! << 8) | (from[green + 3]! << 16) | (from[blue + 3]! << 24);
  }
}

/** `interleavePlanes` for machines of any byte order. */
export function interleaveByBytes(
  from: Uint8Array,
  start: number,
  count: number,
  to: Uint8Array,
  offset: number,
): void {
  for (let pixel = 0, at = offset; pixel < count; pixel += 1, at += 3) {
    to[at] = from[start + pixel]!;
    to[at + 1] = from[start + count + pixel]!;
    to[at + 2] = from[start + 2 * count + pixel]!;
  }
}
