const space = 32;
const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The most spaces of a blank word that are looked for. */
export const mostSpaces = 8;

/** Reads little-endian float32 from `from` on into a row. */
export function readFloats(bytes: Uint8Array, from: number, row: Float32Array): void {
  if (littleEndian) {
    new Uint8Array(row.buffer).set(bytes.subarray(from, from + row.byteLength));
    return;
  }
  const data = new DataView(bytes.buffer, bytes.byteOffset + from, row.byteLength);
  for (let index = 0; index < row.length; index += 1) row[index] = data.getFloat32(4 * index, true);
}

/**
 * How many spaces at `at` belong to a word of spaces, before the one that ends it: so many that most of the numbers after them have the size
 * of a vector's. Numbers that are read from a wrong byte on have any size from 1e-38 to 1e38.
 */
export function spacesInWord(bytes: Uint8Array, at: number, dimensions: number): number {
  const row = new Float32Array(dimensions);
  let [best, most] = [0, -1];
  for (let spaces = 0; spaces < mostSpaces && bytes[at + spaces] === space; spaces += 1) {
    const from = at + spaces + 1;
    if (from + row.byteLength > bytes.length) break;
    readFloats(bytes, from, row);
    let likely = 0;
    for (const value of row)
      if (value === 0 || (Math.abs(value) > 1e-9 && Math.abs(value) < 1e6)) likely += 1;
    if (likely > most) [best, most] = [spaces, likely];
  }
  return best;
}
