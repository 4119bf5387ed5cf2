/**
 * The size of an image that is turned upright.
 * @param {readonly [height: number, width: number]} size As stored.
 * @param {number} orientation 1 to 8, as EXIF counts.
 * @returns {[height: number, width: number]}
 */
export function orientedSize([height, width], orientation) {
  return orientation > 4 ? [width, height] : [height, width];
}

/**
 * Turns stored pixels upright.
 * @param {Uint8Array | Uint8ClampedArray} source `[height, width, 3]`
 * @param {readonly [height: number, width: number]} size As stored.
 * @param {number} orientation 1 to 8, as EXIF counts.
 * @returns {Uint8Array | Uint8ClampedArray} Of `orientedSize`; the source itself where it is upright.
 */
export function orientRgb(source, [height, width], orientation) {
  if (orientation === 1) return source;
  // The stored row or column that the upright image begins with, and the way it goes on.
  const mirrored = orientation === 2 || orientation === 3 || orientation === 7 || orientation === 8;
  const upsideDown = orientation === 3 || orientation === 4 || orientation === 6 || orientation === 7;
  const [tall, wide] = orientedSize([height, width], orientation);
  const across = orientation > 4;
  const upright = new Uint8Array(source.length);
  let to = 0;
  for (let y = 0; y < tall; y += 1) {
    for (let x = 0; x < wide; x += 1, to += 3) {
      const [row, column] = across ? [x, y] : [y, x];
      const from =
        ((upsideDown ? height - 1 - row : row) * width + (mirrored ? width - 1 - column : column)) * 3;
      upright[to] = source[from] ?? 0;
      upright[to + 1] = source[from + 1] ?? 0;
      upright[to + 2] = source[from + 2] ?? 0;
    }
  }
  return upright;
}
