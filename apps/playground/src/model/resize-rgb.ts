/** Red, green and blue bytes of an image, row by row. */
export interface RgbImage {
  readonly height: number;
  readonly width: number;
  /** `[height, width, 3]` */
  readonly bytes: Uint8ClampedArray;
}

/** Where the pixels of one side come from: of each requested pixel the weights of `taps` neighbors. */
interface Side {
  readonly taps: number;
  /** `[pixels, taps]`: positions in the source. */
  readonly positions: Int32Array;
  /** `[pixels, taps]`: sum to 1. */
  readonly weights: Float64Array;
}

/**
 * Brings an image to a size as the bench does for training: scaled to cover it, the middle cut out, by a triangle filter as wide as the reduction; beyond an edge its
 * pixels repeat.
 *
 * @param rgba - `[height, width, 4]`; the fourth byte, transparency, is dropped.
 */
export function resizeRgb(
  rgba: Uint8ClampedArray,
  [height, width]: readonly [number, number],
  [wishedHeight, wishedWidth]: readonly [number, number],
): RgbImage {
  const reduction = Math.min(height / wishedHeight, width / wishedWidth);
  const rows = sideOf(height, reduction, wishedHeight);
  const columns = sideOf(width, reduction, wishedWidth);
  const lines = new Float64Array(height * wishedWidth * 3);
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0; x < wishedWidth; x += 1, to += 3) {
      for (let tap = x * columns.taps; tap < (x + 1) * columns.taps; tap += 1) {
        const weight = columns.weights[tap]!;
        const from = (y * width + columns.positions[tap]!) * 4;
        lines[to]! += weight * rgba[from]!;
        lines[to + 1]! += weight * rgba[from + 1]!;
        lines[to + 2]! += weight * rgba[from + 2]!;
      }
    }
  }
  const bytes = new Uint8ClampedArray(wishedHeight * wishedWidth * 3);
  const lineLength = wishedWidth * 3;
  for (let y = 0, to = 0; y < wishedHeight; y += 1) {
    for (let at = 0; at < lineLength; at += 1, to += 1) {
      let sum = 0;
      for (let tap = y * rows.taps; tap < (y + 1) * rows.taps; tap += 1) {
        sum += rows.weights[tap]! * lines[rows.positions[tap]! * lineLength + at]!;
      }
      // The array rounds.
      bytes[to] = sum;
    }
  }
  return { height: wishedHeight, width: wishedWidth, bytes };
}

function sideOf(length: number, reduction: number, requested: number): Side {
  const scaled = Math.round(length / reduction);
  // The middle, where more is scaled than requested.
  const first = (scaled - requested + 1) >> 1;
  const shift = (scaled * reduction - length) / 2;
  const support = Math.max(1, reduction);
  const taps = 2 * Math.ceil(support) + 1;
  const positions = new Int32Array(requested * taps);
  const weights = new Float64Array(requested * taps);
  for (let pixel = 0; pixel < requested; pixel += 1) {
    const center = (first + pixel + 0.5) * reduction - shift - 0.5;
    const start = Math.floor(center) - Math.ceil(support) + 1;
    let sum = 0;
    for (let tap = 0; tap < taps; tap += 1) {
      const weight = Math.max(0, 1 - Math.abs(start + tap - center) / support);
      weights[pixel * taps + tap] = weight;
      positions[pixel * taps + tap] = Math.min(Math.max(start + tap, 0), length - 1);
      sum += weight;
    }
    for (let tap = 0; tap < taps; tap += 1) weights[pixel * taps + tap]! /= sum;
  }
  return { taps, positions, weights };
}
